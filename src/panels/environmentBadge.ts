import type { Token } from '../maskinporten/model';
import type { Language } from '../platform/language';
import type { EnvironmentBadge } from '../shared/messages';
import type { ActiveEnvironment } from '../state/environments';
import type { SandboxScenarios } from '../state/sandboxScenarios';
import { wordScenarioWithTarget } from '../words/scenarios';

export interface BadgeServices {
  readonly scenarios: Pick<SandboxScenarios, 'active'>;
  readonly language: Pick<Language, 'locale' | 't'>;
}

/**
 * The environment as the panels show it, with what goes wrong there on purpose. A sandbox's issuer and client are known
 * from the token alone.
 */
export function environmentBadge(
  { kind, label, issuer, clientId }: ActiveEnvironment,
  token: Token | undefined,
  { scenarios, language: { locale, t } }: BadgeServices,
): EnvironmentBadge {
  const onPurpose = scenarios.active.map((scenario) => wordScenarioWithTarget(scenario, locale, t));
  return {
    kind,
    label,
    issuer: issuer ?? token?.environment.issuer,
    clientId: clientId ?? token?.clientId,
    ...(kind === 'sandbox' && onPurpose.length > 0 && { onPurpose }),
  };
}
