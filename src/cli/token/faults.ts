import type { Problem } from '../../maskinporten/problem';
import type { Doubt, Recognition } from '../../maskinporten/recognise';
import type { Translate } from '../../shared/localize';
import { wordProblem } from '../../words/problems';
import { wordDoubt, wordRefusedSource } from '../../words/recognition';

/** Why `token` prints none. `path` is as given, `-` for standard input. None holds a secret. */
export type TokenFault =
  | {
      readonly kind: 'no-credential';
      readonly path: string;
      readonly found: Exclude<Recognition, { readonly kind: 'client' }>;
    }
  | {
      readonly kind: 'incomplete-credential';
      readonly path: string;
      readonly lacks: 'key' | 'client-id' | 'issuer';
      readonly doubts: readonly Doubt[];
    }
  | { readonly kind: 'no-token'; readonly problem: Problem; readonly doubts: readonly Doubt[] };

/** What happened, the likeliest cause and the cure, then what is doubtful about the credential: on one line. */
export function wordTokenFault(fault: TokenFault, t: Translate): string {
  switch (fault.kind) {
    case 'no-credential': {
      const { found } = fault;
      if (found.kind === 'nothing')
        return t('There is no client of Maskinporten in {place}.', { place: placeOf(fault, t) });
      const { title, cause } = wordRefusedSource(found, t);
      return `${placeOf(fault, t)}: ${title} ${cause}`;
    }
    case 'incomplete-credential': {
      const { lacks, doubts } = fault;
      // A doubt about the client id says already what is wrong with it.
      const isSaid = lacks === 'client-id' && doubts.some(({ code }) => code.startsWith('client-id-'));
      return `${placeOf(fault, t)}: ${[...(isSaid ? [] : [wordGap(lacks, t)]), ...wordDoubts(doubts, t)].join(' ')}`;
    }
    case 'no-token': {
      const { title, cause, cure, detail, link } = wordProblem(fault.problem, t);
      const parts = [title, cause, cure, ...wordDoubts(fault.doubts, t), detail, link];
      return parts.filter((part) => part !== undefined && part !== '').join(' ');
    }
  }
}

function placeOf({ path }: { readonly path: string }, t: Translate): string {
  return path === '-' ? t('standard input') : path;
}

function wordGap(lacks: 'key' | 'client-id' | 'issuer', t: Translate): string {
  switch (lacks) {
    case 'key':
      return t('The key in MASKINPORTEN_CLIENT_JWK cannot sign grants.');
    case 'client-id':
      return t('MASKINPORTEN_CLIENT_ID is missing.');
    case 'issuer':
      return t(
        'It does not say which Maskinporten it is for: MASKINPORTEN_WELL_KNOWN_URL or MASKINPORTEN_ISSUER does.',
      );
  }
}

function wordDoubts(doubts: readonly Doubt[], t: Translate): string[] {
  return doubts.map((doubt) => {
    const words = wordDoubt(doubt, t);
    return `${words.doubt} ${words.cure}`;
  });
}
