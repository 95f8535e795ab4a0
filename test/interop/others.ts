/**
 * Loads a package that test/interop/package.json alone names. Its own types are only there once it is installed, and
 * the rest of the tests is checked without it: so whoever loads one says what of it is used.
 */
export async function others<T>(name: string): Promise<T> {
  return (await import(name)) as T;
}
