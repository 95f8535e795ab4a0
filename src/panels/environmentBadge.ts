import type { Token } from '../maskinporten/model';
import type { EnvironmentBadge } from '../shared/messages';
import type { ActiveEnvironment } from '../state/environments';

/**
 * The environment as the panels show it; a sandbox's issuer and client are known from the token alone. `onPurpose` is what
 * goes wrong there, in words.
 */
export function environmentBadge(
  { kind, label, issuer, clientId }: ActiveEnvironment,
  token: Token | undefined,
  onPurpose: readonly string[] = [],
): EnvironmentBadge {
  return {
    kind,
    label,
    issuer: issuer ?? token?.environment.issuer,
    clientId: clientId ?? token?.clientId,
    ...(kind === 'sandbox' && onPurpose.length > 0 && { onPurpose }),
  };
}
