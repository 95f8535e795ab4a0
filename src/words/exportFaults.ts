import type { ExportFault } from '../http/export/exported';
import type { Translate } from '../shared/localize';
import { wordTexasLimit } from './texas';

/** Why a request is not copied in another form. `format` is the name of the form. */
export function wordExportFault(fault: ExportFault, format: string, t: Translate): string {
  return `${t('Not copied as {format}.', { format })} ${reasonWords(fault, t)}`;
}

function reasonWords(fault: ExportFault, t: Translate): string {
  switch (fault) {
    case 'consumer_org':
    case 'pid':
    case 'x5c':
      return wordTexasLimit(fault, t);
    case 'without-token':
      return t(
        'The request goes without a token, so there is nothing to ask Texas for. Choose a scope, or copy it as cURL.',
      );
    case 'altinn-token':
      return t('Texas gives Maskinporten’s token and does not exchange it for one of Altinn’s.');
    case 'non-ascii-header':
      return t('A header has characters beyond ASCII, and each client sends those in another way.');
    case 'binary-body':
      return t('The body is no text.');
    case 'braces':
      return t('“{{” begins a variable in this format, and there is no way to write it as it is.');
    case 'body-line':
      return t('The body has a line that means something else in this format, or line breaks that it would not keep.');
    case 'body-with-method':
      return t('This client sends no body with the method.');
    case 'url-characters':
      return t('The URL has characters that this client refuses or changes. Write them percent-encoded.');
    case 'header-value':
      return t('A header has no value, or a comma at its end, and would not arrive as it is.');
    case 'method':
      return t('This format does not know the method.');
  }
}
