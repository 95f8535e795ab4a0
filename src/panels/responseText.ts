import type { ClassifiedBody } from '../http/body';
import { prettyJson, prettyJsonInTurns } from '../http/prettyJson';
import { prettyXml } from '../http/prettyXml';
import type { Translate } from '../shared/localize';
import type { ShownText } from '../shared/responseMessages';

/** More than this makes a page of text slow. What was read is not less for it: an editor shows all. */
const MOST_SHOWN = 500_000;

/** XML is indented in one go, so not while others wait. */
const MOST_XML = 1_000_000;

/** An editor takes 50 MB. */
const MOST_INDENTED = 40_000_000;

export type TextBody = Extract<ClassifiedBody, { text: string }>;

/** The beginning of a body as it came, for a page. */
export function shownRaw({ text }: TextBody, t: Translate): ShownText {
  return shown(text.slice(0, MOST_SHOWN), text.length, t);
}

/** The beginning of a body, indented; undefined for what has no such form, or looks the same. */
export function shownPretty(body: TextBody, t: Translate): ShownText | undefined {
  const pretty = prettyStart(body);
  if (pretty === undefined || pretty === body.text) return undefined;
  return shown(pretty.slice(0, MOST_SHOWN), pretty.length, t);
}

function prettyStart({ kind, text, ...body }: TextBody): string | undefined {
  // One character more tells that there is more.
  if (kind === 'json') return 'isJson' in body && body.isJson === false ? undefined : prettyJson(text, MOST_SHOWN + 1);
  return kind === 'xml' && text.length <= MOST_XML ? prettyXml(text) : undefined;
}

/** All of a body, indented; as it came where it has no such form. */
export async function wholePretty(body: TextBody): Promise<string> {
  if (body.kind === 'json') return (await prettyJsonInTurns(body.text, MOST_INDENTED)) ?? body.text;
  return prettyStart(body) ?? body.text;
}

function shown(text: string, wholeLength: number, t: Translate): ShownText {
  if (wholeLength <= text.length) return { text, cut: undefined };
  return { text, cut: t('The first {count} characters. Open in Editor shows all.', { count: text.length }) };
}

/** The language in which an editor shows a body. */
export function editorLanguage({ kind }: TextBody, contentType: string): { id: string; extension: string } {
  switch (kind) {
    case 'json':
      return { id: 'json', extension: 'json' };
    case 'xml':
      return { id: 'xml', extension: 'xml' };
    case 'html':
      return { id: 'html', extension: 'html' };
    case 'form':
      return { id: 'plaintext', extension: 'txt' };
    case 'text':
      if (/\byaml\b/i.test(contentType)) return { id: 'yaml', extension: 'yaml' };
      if (/\b(?:java|ecma)script\b/i.test(contentType)) return { id: 'javascript', extension: 'js' };
      if (/\bmarkdown\b/i.test(contentType)) return { id: 'markdown', extension: 'md' };
      if (/\bcsv\b/i.test(contentType)) return { id: 'csv', extension: 'csv' };
      return { id: 'plaintext', extension: 'txt' };
  }
}
