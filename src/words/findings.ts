import type { Finding, FindingCode } from '../manifest';
import type { Translate } from '../shared/localize';
import { blockWords } from './findings/block';
import { consumesWords } from './findings/consumes';
import { exposesWords } from './findings/exposes';
import { outboundWords } from './findings/outbound';
import { publicScopesWords } from './findings/publicScopes';
import type { Wording } from './findings/wording';

export { wordUnreadable } from './findings/block';
export { wordFix } from './findings/fixes';

const WORDS: Wording<FindingCode> = {
  ...blockWords,
  ...consumesWords,
  ...exposesWords,
  ...outboundWords,
  ...publicScopesWords,
};

/** One sentence or two for a finding: what is wrong, and what will happen when. */
export function wordFinding({ code, data, variables }: Finding, t: Translate): string {
  // Code and data belong together; TypeScript loses the tie when the code may be any.
  const word = WORDS[code] as (data: Finding['data'], t: Translate) => string;
  const sentence = word(data, t);
  return variables === undefined ? sentence : t('With {file}: {finding}', { file: variables, finding: sentence });
}
