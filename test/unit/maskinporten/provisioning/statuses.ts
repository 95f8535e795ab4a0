import { stringify } from 'yaml';

export interface Wanted {
  readonly consumes?: readonly string[];
  readonly generation?: number;
  readonly observedGeneration?: number;
  readonly clientId?: string | undefined;
  readonly conditions?: readonly (readonly [type: string, status: string, message: string])[];
  readonly synchronizationTime?: string;
  readonly name?: string;
}

const HEALTHY = [
  ['Ready', 'True', 'Resource is up-to-date with DigDir'],
  ['Error', 'False', 'Processing completed without errors'],
  ['InvalidConsumedScopes', 'False', 'Organization has access to all consumed scopes'],
] as const;

/** A MaskinportenClient as the API server has it, with the status that digdirator writes. */
export function client({
  consumes = ['skatteetaten:inntekt', 'krr:global/digitalpost.read'],
  generation = 3,
  observedGeneration = 3,
  clientId = '11111111-2222-3333-4444-555555555555',
  conditions = HEALTHY,
  synchronizationTime = '2026-11-20T10:00:00Z',
  name = 'my-app',
}: Wanted = {}) {
  return {
    apiVersion: 'nais.io/v1',
    kind: 'MaskinportenClient',
    metadata: {
      annotations: { 'nais.io/deploymentCorrelationID': 'a: b' },
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation,
      labels: { app: name },
      name,
      namespace: 'my-team',
      resourceVersion: '123',
    },
    spec: { scopes: { consumes: consumes.map((scope) => ({ name: scope })) }, secretName: `maskinporten-${name}-0` },
    status: {
      ...(clientId === '' ? {} : { clientID: clientId }),
      conditions: conditions.map(([type, status, message]) => ({
        lastTransitionTime: '2026-11-20T10:00:00Z',
        message,
        observedGeneration,
        reason: 'Synchronized',
        status,
        type,
      })),
      correlationID: 'c',
      keyIDs: ['key-1', 'key-2'],
      observedGeneration,
      synchronizationHash: 'a4f',
      synchronizationSecretName: `maskinporten-${name}-0`,
      synchronizationState: 'Synchronized',
      synchronizationTime,
    },
  };
}

export type Client = ReturnType<typeof client>;

export function asJson(value: unknown): string {
  return JSON.stringify(value, null, 4);
}

export function asYaml(value: unknown): string {
  return stringify(value);
}

/** As `kubectl describe` prints a resource that it does not know (k8s.io/kubectl, describe.go). */
export function described({ metadata, spec, status }: Client): string {
  return [
    `Name:         ${metadata.name}`,
    `Namespace:    ${metadata.namespace}`,
    `Labels:       app=${metadata.labels.app}`,
    `Annotations:  nais.io/deploymentCorrelationID: a: b`,
    'API Version:  nais.io/v1',
    'Kind:         MaskinportenClient',
    'Metadata:',
    `  Creation Timestamp:  ${metadata.creationTimestamp}`,
    `  Generation:          ${metadata.generation}`,
    `  Resource Version:    ${metadata.resourceVersion}`,
    'Spec:',
    '  Scopes:',
    '    Consumes:',
    ...spec.scopes.consumes.map(({ name }) => `      Name:     ${name}`),
    `  Secret Name:  ${spec.secretName}`,
    'Status:',
    ...('clientID' in status ? [`  Client ID:  ${status.clientID}`] : []),
    '  Conditions:',
    ...status.conditions.flatMap((condition) => [
      `    Last Transition Time:  ${condition.lastTransitionTime}`,
      `    Message:               ${condition.message}`,
      `    Observed Generation:   ${condition.observedGeneration}`,
      `    Reason:                ${condition.reason}`,
      `    Status:                ${condition.status}`,
      `    Type:                  ${condition.type}`,
    ]),
    `  Correlation ID:  ${status.correlationID}`,
    '  Key I Ds:',
    ...status.keyIDs.map((id) => `    ${id}`),
    `  Observed Generation:          ${status.observedGeneration}`,
    `  Synchronization Hash:         ${status.synchronizationHash}`,
    `  Synchronization Secret Name:  ${status.synchronizationSecretName}`,
    `  Synchronization State:        ${status.synchronizationState}`,
    `  Synchronization Time:         ${status.synchronizationTime}`,
    'Events:',
    '  Type    Reason        Age   From        Message',
    '  ----    ------        ----  ----        -------',
    '  Normal  Synchronized  2m    digdirator  Resource is up-to-date',
    '',
  ].join('\n');
}
