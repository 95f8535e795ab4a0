import type { ManifestSource } from '../read';

/** What `make` gives for the manifest: made once where several rules ask for it, and let go of when they are done. */
export function once<T>(source: ManifestSource, make: (source: ManifestSource) => T): T {
  const known = source.derived?.get(make);
  if (known !== undefined) {
    return known as T;
  }
  const made = make(source);
  source.derived?.set(make, made);
  return made;
}
