import type { TokenRequest } from '../maskinporten/model';
import type { RequestForm, RequestOrigin } from '../shared/requestForm';
import type { TokenAsk } from '../state/tokens';

/** What a token is asked for besides its scopes. */
type TokenOptions = Omit<TokenRequest, 'scopes' | 'skipCache'>;

const NO_OPTIONS: TokenOptions = {};

/**
 * The wishes for tokens of a request panel. The form names scopes; what else a token is to have stays on this side, with
 * the scopes that it was chosen for, as it may name a person.
 */
export class RequestWishes {
  private readonly options = new Map</* scopes */ string, TokenOptions>();

  constructor(private readonly origin: RequestOrigin) {}

  /** The wish of a form; undefined where it goes without a token. */
  askFor({ scopes }: RequestForm): TokenAsk | undefined {
    return scopes.length === 0 ? undefined : this.askOf(scopes);
  }

  askOf(scopes: readonly string[]): TokenAsk {
    const { manifestUri, workload } = this.origin;
    return { manifestUri, workload, scopes, ...(this.options.get(keyOf(scopes)) ?? NO_OPTIONS) };
  }

  /** Takes over the options of a wish. */
  adopt({ scopes, resource, consumerOrg, pid, authorizationDetails }: TokenAsk): void {
    this.options.set(keyOf(scopes), {
      ...(resource !== undefined && { resource }),
      ...(consumerOrg !== undefined && { consumerOrg }),
      ...(pid !== undefined && { pid }),
      ...(authorizationDetails !== undefined && { authorizationDetails }),
    });
  }

  drop(scopes: readonly string[]): void {
    this.options.delete(keyOf(scopes));
  }
}

/** The order makes no difference to a token. */
function keyOf(scopes: readonly string[]): string {
  return [...scopes].sort().join(' ');
}
