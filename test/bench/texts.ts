/** A manifest as most are: two kilobytes, of which Maskinporten is a third. `scopes` are consumed. */
export function manifest(index: number, scopes = 3): string {
  const consumes = Array.from(
    { length: scopes },
    (_, scope) => `        - name: nav:product${index}/scope${scope}.read\n`,
  );
  return `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: app-${index}
  namespace: team
  labels:
    team: team
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: "300"
spec:
  image: {{image}}
  port: 8080
  ingresses:
    {{#each ingresses as |url|}}
    - {{url}}
    {{/each}}
  liveness:
    path: /internal/isalive
    initialDelay: 10
    timeout: 1
  readiness:
    path: /internal/isready
    initialDelay: 10
    periodSeconds: 5
  prometheus:
    enabled: true
    path: /internal/metrics
  replicas:
    min: {{min-replicas}}
    max: 4
    cpuThresholdPercentage: 80
  resources:
    limits:
      memory: 1024Mi
    requests:
      cpu: 50m
      memory: 512Mi
  azure:
    application:
      enabled: true
      allowAllUsers: false
      claims:
        groups:
          - id: "00000000-0000-0000-0000-000000000000" # everyone in the team
  kafka:
    pool: {{kafka}}
  maskinporten:
    enabled: true
    scopes:
      consumes:
${consumes.join('')}      exposes:
        - name: "read"
          product: "product${index}"
          enabled: true
          separator: "/"
          allowedIntegrations:
            - maskinporten
          consumers:
            - name: Nav
              orgno: "889640782"
  accessPolicy:
    inbound:
      rules:
        - application: other
          namespace: team
    outbound:
      rules:
        - application: third
      external:
        - host: api-${index}.example.no
        - host: {{host}}
          ports:
            - port: 8443
  env:
    - name: API_URL
      value: https://api-${index}.example.no/v1
    - name: SCOPE
      value: nav:product${index}/scope0.read
`;
}

/** One manifest of about `length` UTF-16 units, long for the scopes that it consumes. */
export function manifestOfLength(length: number): string {
  const scope = manifest(1, 2).length - manifest(1, 1).length;
  return manifest(1, Math.max(1, Math.round((length - manifest(1, 0).length) / scope)));
}

/** A file of `count` manifests. */
export function manifests(count: number): string {
  return Array.from({ length: count }, (_, index) => manifest(index)).join('---\n');
}
