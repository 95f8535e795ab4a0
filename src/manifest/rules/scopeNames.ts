import type { Fix } from '../finding';
import type { ManifestSource } from '../read';
import { replaceScalar } from './edits';
import type { Breach, Circumstances, Rule } from './rule';
import type { WrittenScope } from './scopes';
import { isUsualScope, singleScopes } from './scopes';

/** Rules on the text of one scope. Each is about its own kind of character, so that no mistake is told twice. */
export const scopeNameRules: readonly Rule[] = [
  { code: 'NM009', severity: 'warning', alsoInSchema: false, check: forbiddenCharacters },
  { code: 'NM011', severity: 'warning', alsoInSchema: false, check: withoutPrefix },
  { code: 'NM012', severity: 'information', alsoInSchema: false, check: unusualCharacters },
  { code: 'NM013', severity: 'warning', alsoInSchema: false, check: looseSeparators },
  { code: 'NM015', severity: 'information', alsoInSchema: false, check: nearlyKnown },
];

/** Everything but the characters of a scope-token (RFC 6749 section 3.3). */
const FORBIDDEN = /[^\x21\x23-\x5b\x5d-\x7e]/gu;

function* forbiddenCharacters(source: ManifestSource): Iterable<Breach<'NM009'>> {
  for (const written of singleScopes(source)) {
    const characters = [...new Set(written.scope.match(FORBIDDEN))];
    if (characters.length > 0) {
      yield { range: written.name.range, data: { scope: written.scope, characters }, fixes: removeForbidden(written) };
    }
  }
}

function removeForbidden({ scope, name }: WrittenScope): readonly Fix[] {
  const result = scope.replace(FORBIDDEN, '');
  // Without its letters a word is another word.
  if (result === '' || /[^\x20-\x7e]/u.test(scope.replace(/[^\p{L}\p{N}]/gu, ''))) {
    return [];
  }
  const onlyAround = scope.trim() === result;
  return [{ title: { kind: 'remove-characters', result }, edits: [replaceScalar(name, result)], safe: onlyAround }];
}

function* withoutPrefix(source: ManifestSource, { knownScopes }: Circumstances): Iterable<Breach<'NM011'>> {
  for (const { scope, name } of singleScopes(source)) {
    if (!scope.includes(':') && !knownScopes.has(scope)) {
      yield {
        range: name.range,
        data: { scope },
        fixes: knownScopes.withPrefix(scope).map((result) => ({
          title: { kind: 'add-prefix', result },
          edits: [replaceScalar(name, result)],
          safe: false,
        })),
      };
    }
  }
}

function* unusualCharacters(source: ManifestSource, { knownScopes }: Circumstances): Iterable<Breach<'NM012'>> {
  for (const { scope, name } of singleScopes(source)) {
    const characters = [...new Set(scope.match(/[A-Z_-]/g))];
    if (characters.length > 0 && !knownScopes.has(scope)) {
      const result = knownScopes.inOtherSpelling(scope);
      yield {
        range: name.range,
        data: { scope, characters },
        fixes:
          result === undefined
            ? []
            : [{ title: { kind: 'replace', result }, edits: [replaceScalar(name, result)], safe: false }],
      };
    }
  }
}

function* looseSeparators(source: ManifestSource): Iterable<Breach<'NM013'>> {
  for (const { scope, name } of singleScopes(source)) {
    if (/^[/:.]|[/:.]$|\/\/|::|\.\./.test(scope)) {
      const cleaned = scope
        .replace(/([/:.])\1+/g, '$1')
        .replace(/^[/:.]+/, '')
        .replace(/[/:.]+$/, '');
      // An address is no scope with a slash too many.
      const isUsable = cleaned !== '' && !scope.includes('://');
      yield {
        range: name.range,
        data: { scope, cleaned },
        fixes: isUsable
          ? [
              {
                title: { kind: 'remove-characters', result: cleaned },
                edits: [replaceScalar(name, cleaned)],
                safe: cleaned.includes(':'),
              },
            ]
          : [],
      };
    }
  }
}

/** Only what no other rule finds fault with: each slip is told once. */
function* nearlyKnown(source: ManifestSource, { knownScopes }: Circumstances): Iterable<Breach<'NM015'>> {
  for (const { scope, name } of singleScopes(source)) {
    const known = isUsualScope(scope) && !knownScopes.has(scope) ? knownScopes.near(scope) : undefined;
    if (known !== undefined) {
      const title = { kind: 'replace', result: known } as const;
      const fixes = [{ title, edits: [replaceScalar(name, known)], safe: false }];
      yield { range: name.range, data: { scope, known }, fixes };
    }
  }
}
