import type { Manifest, Range } from '../model';
import type { SourceMap } from './sourceMap';

/** A manifest of the rendered text with the ranges of the template; values in which a tag had a hand are marked. */
export function mappedManifest(manifest: Manifest, map: SourceMap): Manifest {
  return mapped(manifest, map) as Manifest;
}

/** A copy of plain data, with every Range anywhere in it as it is in the template. */
export function mappedRanges<T>(value: T, map: SourceMap): T {
  return mapped(value, map) as T;
}

function mapped(value: unknown, map: SourceMap): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => mapped(item, map));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (isRange(value)) {
    return map.originOf(value).range;
  }
  const copy = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapped(member, map)]));
  return isSourceValue(value) && !map.originOf(value.range).exact ? { ...copy, rendered: true } : copy;
}

function isRange(value: object): value is Range {
  return 'start' in value && typeof value.start === 'number' && 'end' in value && typeof value.end === 'number';
}

function isSourceValue(value: object): value is { readonly range: Range } {
  return 'templated' in value && 'value' in value && 'range' in value;
}
