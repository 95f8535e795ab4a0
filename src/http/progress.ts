import { headerValue } from '../maskinporten/headers';
import type { HeaderFields, TransportProgress } from '../maskinporten/transport';

/** Tells of the first byte at once: what is waited for from then on is the body. */
export function downloadListener(
  onProgress: (progress: TransportProgress) => void,
  headers: HeaderFields,
): (bytes: number) => void {
  const length = headerValue(headers, 'content-length');
  const totalBytes = length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
  onProgress({ step: 'download', bytes: 0, totalBytes });
  return (bytes) => {
    onProgress({ step: 'download', bytes, totalBytes });
  };
}
