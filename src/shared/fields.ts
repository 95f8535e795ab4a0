/** Far above what a form can hold in earnest; below what would trouble the host. */
export const MOST = {
  scopes: 100,
  headers: 200,
  shortText: 2_000,
  url: 16_000,
  headerValue: 64_000,
  body: 5_000_000,
  json: 100_000,
  jwks: 1_100_000,
};

export type Fields = Readonly<Record<string, unknown>>;

/** The workload that a panel was opened for. */
export function parseOrigin(fields: Fields): { manifestUri: string | undefined; workload: string | undefined } {
  return { manifestUri: asText(fields['manifestUri'], MOST.url), workload: asText(fields['workload'], MOST.shortText) };
}

/** The button of a problem: only the panel knows whether it has shown one with this id. */
export function parseProblemAction(fields: Fields) {
  const id = asText(fields['id'], 100);
  return id === undefined ? undefined : ({ type: 'problem-action', id } as const);
}

export function asScopes(value: unknown): readonly string[] | undefined {
  return asList(value, MOST.scopes, (item) => asText(item, MOST.shortText));
}

export function asList<T>(
  value: unknown,
  most: number,
  parse: (item: unknown) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const items: T[] = [];
  for (const item of value as readonly unknown[]) {
    const parsed = parse(item);
    if (parsed === undefined) return undefined;
    items.push(parsed);
  }
  return items;
}

export function asText(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value.length <= most ? value : undefined;
}

export function oneOf<T>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((item) => item === value);
}

export function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
