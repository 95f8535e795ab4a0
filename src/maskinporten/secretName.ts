import { crc32 } from 'node:zlib';

const MAX_LENGTH = 63;

/**
 * The name of the Secret that digdirator keeps for a workload: `maskinporten-<workload>`, cut so that a hyphen and the
 * CRC-32 of the whole in eight hexadecimal digits fit into 63 characters (nais/liberator, pkg/namegen, ShortName).
 */
export function maskinportenSecretName(workload: string): string {
  const base = `maskinporten-${workload}`;
  const suffix = `-${crc32(base).toString(16).padStart(8, '0')}`;
  return base.slice(0, MAX_LENGTH - suffix.length) + suffix;
}
