import type { FindingCode, FindingData } from '../../manifest';
import type { Translate } from '../../shared/localize';

/** The sentence for each of some codes. All groups together have every code, which the compiler sees to. */
export type Wording<C extends FindingCode> = { readonly [K in C]: (data: FindingData[K], t: Translate) => string };
