import type { FollowableRedirect } from '../http/redirect';
import type { Translate } from '../shared/localize';

/** What a button beside a note does. */
export type ResponseOffer =
  | { readonly kind: 'follow'; readonly redirect: FollowableRedirect; readonly withToken: boolean | undefined }
  | { readonly kind: 'send-with-scope'; readonly scope: string }
  | { readonly kind: 'add-scope'; readonly scope: string }
  | { readonly kind: 'decode'; readonly name: string | undefined; readonly token: string };

/** What stands on the button. */
export function wordOffer(offer: ResponseOffer, t: Translate): string {
  switch (offer.kind) {
    case 'follow':
      if (offer.withToken === undefined) return t('Follow');
      return offer.withToken ? t('Follow with the Token') : t('Follow without the Token');
    case 'send-with-scope':
      return t('Send with {scope}', { scope: offer.scope });
    case 'add-scope':
      return t('Add to Manifest');
    case 'decode':
      return offer.name === undefined ? t('Decode Token') : t('Decode {name}', { name: offer.name });
  }
}
