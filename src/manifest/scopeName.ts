import type { ExposedScope } from './model';

/** Where the separator of an exposed scope comes from: the manifest, or one of Digdirator's two defaults. */
export type SeparatorOrigin = 'manifest' | 'slash-in-name' | 'default';

export interface Separator {
  readonly value: string;
  readonly origin: SeparatorOrigin;
}

/** The separator between product and name: as written, else `/` when the name has one, else `:` (Digdirator). */
export function exposedSeparator({ separator, name }: Pick<ExposedScope, 'separator' | 'name'>): Separator {
  if (separator !== undefined && separator.value !== '') {
    return { value: separator.value, origin: 'manifest' };
  }
  return name.value.includes('/') ? { value: '/', origin: 'slash-in-name' } : { value: ':', origin: 'default' };
}

/** The scope's name at Digdir, `<prefix>:<product><separator><name>`; `prefix` is the cluster's, as `nav`. */
export function exposedScopeName(
  exposed: Pick<ExposedScope, 'product' | 'name' | 'separator'>,
  prefix: string,
): string {
  return `${prefix}:${exposed.product.value}${exposedSeparator(exposed).value}${exposed.name.value}`;
}

/** An exposed scope as Digdir has it once the manifest is deployed. */
export interface DeployedScope {
  readonly name: string;
  /** Undefined where the manifest leaves it out, or only a template knows it. */
  readonly atMaxAgeSeconds: number | undefined;
}

/**
 * The scopes that exist once the manifest is deployed: without those that `enabled: false` switches off at Digdir, and
 * without those whose name only a template knows.
 */
export function deployedScopes(exposes: readonly ExposedScope[], prefix: string): DeployedScope[] {
  return exposes
    .filter(({ product, name, enabled }) => !product.templated && !name.templated && enabled?.value !== false)
    .map((exposed) => {
      const { atMaxAgeSeconds: age } = exposed;
      return { name: exposedScopeName(exposed, prefix), atMaxAgeSeconds: age?.templated ? undefined : age?.value };
    });
}
