import type { AnyRuleCases } from '../ruleCases';
import { blockCases } from './block';
import { consumersCases } from './consumers';
import { consumesCases } from './consumes';
import { documentCases } from './document';
import { envCases } from './env';
import { exposedOptionsCases } from './exposedOptions';
import { exposesCases } from './exposes';
import { fileCases } from './file';
import { outboundCases } from './outbound';
import { publicScopesCases } from './publicScopes';
import { reachCases } from './reach';
import { scopeNameCases } from './scopeNames';
import { structureCases } from './structure';
import { workspaceCases } from './workspace';

/** The cases of every rule: what the tests of rules run over, and what they fail without. */
export const RULE_CASES: readonly AnyRuleCases[] = [
  ...documentCases,
  ...blockCases,
  ...structureCases,
  ...consumesCases,
  ...scopeNameCases,
  ...exposesCases,
  ...exposedOptionsCases,
  ...consumersCases,
  ...outboundCases,
  ...reachCases,
  ...envCases,
  ...workspaceCases,
  ...publicScopesCases,
  ...fileCases,
];
