/** RFC 1123 section 2.1 as Kubernetes reads it: what workloads, namespaces and clusters may be called. */
export function isDnsLabel(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

/** Labels with dots between, 253 characters at most: what Kubernetes lets a Secret be called. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every(isDnsLabel);
}
