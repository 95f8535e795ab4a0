import * as vscode from 'vscode';
import { provisioningFacts, type ProvisioningFacts, type ProvisioningStatus } from '../maskinporten/provisioning';
import { workloadKey, type WorkloadReference } from '../shared/workload';
import { SANDBOX_ID, type Environments } from './environments';

/**
 * What the cluster said of workloads' clients when the user last asked: in memory, for the environment that was chosen
 * then. Nothing here asks a cluster.
 */
export class ProvisioningReadings implements vscode.Disposable {
  private readonly kept = new Map</* workload */ string, ReadonlyMap</* environment id */ string, ProvisioningFacts>>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly environments: Pick<Environments, 'current'>) {}

  /** `readAtMs` is when the cluster was asked, as far as anybody knows. */
  keep(reference: WorkloadReference, status: ProvisioningStatus, readAtMs: number): void {
    const key = workloadKey(reference);
    const facts = provisioningFacts(status, readAtMs);
    this.kept.set(key, new Map([...(this.kept.get(key) ?? []), [this.environments.current.id, facts]]));
    this.changed.fire();
  }

  /**
   * The last reading that speaks of the chosen environment. That of its own client is certain, whatever was chosen when
   * it was read. No cluster has a client of the sandbox's.
   */
  factsFor(reference: WorkloadReference): ProvisioningFacts | undefined {
    const { id, clientId } = this.environments.current;
    const readings = this.kept.get(workloadKey(reference));
    if (!readings || id === SANDBOX_ID) return undefined;
    const own = [...readings.values()].filter((facts) => clientId !== undefined && facts.clientId === clientId);
    return own.sort((a, b) => b.readAtMs - a.readAtMs)[0] ?? readings.get(id);
  }

  dispose(): void {
    this.kept.clear();
    this.changed.dispose();
  }
}
