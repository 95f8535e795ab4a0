import type { Token } from '../maskinporten/model';
import type { Translate } from '../shared/localize';
import type { CopyPart, CopyWhat, TokenKind } from '../shared/tokenMessages';
import { exportLine, memberText, payloadText, type TokenText } from './tokenView';

/** The tokens that a view shows; undefined for those that are no longer in memory. */
export interface ShownTokens {
  readonly maskinporten: Token | undefined;
  readonly altinn: TokenText | undefined;
}

/** What goes to the clipboard, and what is said then. Without a text there is nothing left to copy. */
export interface Copy {
  readonly text: string | undefined;
  readonly message: string;
}

/** What a button copies: the token itself only where it says so. */
export function copyOf(what: CopyWhat, of: TokenKind, tokens: ShownTokens, t: Translate): Copy {
  const token: TokenText | undefined = tokens[of];
  switch (what) {
    case 'token':
      return { text: token?.accessToken, message: t('Access token copied.') };
    case 'payload':
      return { text: token && payloadText(token), message: t('Payload copied.') };
    case 'export':
      return { text: token && exportLine(token), message: t('A line for the shell copied, with the token.') };
  }
}

/** One claim of a token, or one member of its header or its grant. */
export function memberCopy(part: CopyPart, name: string, tokens: ShownTokens, t: Translate): Copy {
  return { text: memberOf(part, name, tokens), message: t('{name} copied.', { name }) };
}

function memberOf(part: CopyPart, name: string, { maskinporten, altinn }: ShownTokens): string | undefined {
  switch (part) {
    case 'altinn-claims':
    case 'altinn-header': {
      const member = part === 'altinn-claims' ? 'claims' : 'header';
      return altinn && memberText({ accessToken: altinn.accessToken, grant: undefined }, member, name);
    }
    default:
      return maskinporten && memberText(maskinporten, part, name);
  }
}
