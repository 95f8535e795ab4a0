import { RULE_CASES } from './cases';
import { describeRule } from './ruleCases';

for (const cases of RULE_CASES) {
  describeRule(cases);
}
