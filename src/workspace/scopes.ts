import { exposedScopeName, type ConsumedScope, type ExposedScope } from '../manifest';
import type { WorkloadReading, WorkloadReadings } from './workloadReadings';

type Readings = Pick<WorkloadReadings, 'all'>;

export interface ScopeExposure extends WorkloadReading {
  readonly scope: ExposedScope;
  readonly fullName: string;
}

export interface ScopeConsumption extends WorkloadReading {
  readonly scope: ConsumedScope;
}

/** Every scope that a manifest exposes under a name that is known; `prefix` is what the cluster puts before it. */
export function exposuresIn(readings: Readings, prefix: string): readonly ScopeExposure[] {
  return readings.all.flatMap((reading) =>
    reading.manifest.exposes
      .filter(({ product, name }) => !product.templated && !name.templated)
      .map((scope) => ({ ...reading, scope, fullName: exposedScopeName(scope, prefix) })),
  );
}

/** Every place where a manifest consumes the scope. */
export function consumptionsOf(readings: Readings, fullName: string): readonly ScopeConsumption[] {
  return readings.all.flatMap((reading) =>
    reading.manifest.consumes
      .filter(({ name }) => !name.templated && name.value === fullName)
      .map((scope) => ({ ...reading, scope })),
  );
}
