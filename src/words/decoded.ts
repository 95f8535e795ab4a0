import type { DecodedToken, MalformedReason } from '../maskinporten/decode';
import type { Translate } from '../shared/localize';

/** What the form of a token means for the reader, in a sentence each; empty for a JWT that speaks for itself. */
export function wordDecoded(decoded: DecodedToken, t: Translate): readonly string[] {
  switch (decoded.kind) {
    case 'jwt':
      return [
        ...(decoded.unsigned
          ? [t('This JWT is not signed: anyone could have written it, and no API should take it.')]
          : []),
        ...(decoded.duplicates.length > 0
          ? [
              t('More than once in the token: {names}. The last value is shown; an API may read another.', {
                names: decoded.duplicates.slice(0, 5).join(', '),
              }),
            ]
          : []),
      ];
    case 'opaque':
      return [t('This token is opaque: only the issuer and the API can read it. It works like any other.')];
    case 'jwe':
      return [t('This token is encrypted: only the API that it is meant for can read it. It works like any other.')];
    case 'malformed':
      return [wordMalformed(decoded.reason, t)];
  }
}

function wordMalformed(reason: MalformedReason, t: Translate): string {
  switch (reason) {
    case 'empty':
      return t('There is no token here.');
    case 'too-large':
      return t('This is larger than 1 MB, and no token is that large. It was not read.');
    case 'characters':
      return t('This is no token: it has spaces, line breaks or letters that tokens cannot have.');
    case 'header':
      return t('This looks like a JWT, but its header cannot be read. A part of it may be missing.');
    case 'payload':
      return t('This looks like a JWT, but its claims cannot be read. A part of it may be missing.');
    case 'not-utf8':
      return t('This looks like a JWT, but its text is not in UTF-8, as that of every JWT must be.');
  }
}
