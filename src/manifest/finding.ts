import type { Range } from './model';
import type { PublicEnvironment, PublicFault } from './publicScopes';
import type { RenderFault } from './render/problem';
import type { Target } from './target';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** What a fix does, so that words can name it. */
export type FixTitle =
  | { readonly kind: 'rename-key'; readonly from: string; readonly to: string }
  | { readonly kind: 'add-key'; readonly key: string; readonly value: string }
  | { readonly kind: 'add-keys'; readonly keys: readonly string[] }
  | { readonly kind: 'remove-key'; readonly key: string }
  | { readonly kind: 'wrap-consumes' }
  | { readonly kind: 'wrap-names' }
  | { readonly kind: 'wrap-key'; readonly key: string }
  | { readonly kind: 'make-list' }
  | { readonly kind: 'add-name' }
  | { readonly kind: 'add-scope'; readonly scope: string }
  | { readonly kind: 'add-host'; readonly host: string }
  | { readonly kind: 'add-consumer'; readonly orgno: string }
  | { readonly kind: 'remove-characters'; readonly result: string }
  | { readonly kind: 'split-scopes'; readonly count: number }
  | { readonly kind: 'add-prefix'; readonly result: string }
  | { readonly kind: 'replace'; readonly result: string }
  | { readonly kind: 'remove-duplicate' }
  | { readonly kind: 'remove-item' }
  | { readonly kind: 'join-braces' };

export interface Fix {
  readonly title: FixTitle;
  readonly edits: readonly TextEdit[];
  /** The one cure that nobody would question: offered first, and part of "fix all". */
  readonly safe: boolean;
}

/** Why a text is no host that the CRD takes (`external[].host`). */
export type HostProblem = 'no-text' | 'empty' | 'address' | 'port' | 'wildcard' | 'trailing-dot' | 'characters';

/** The keys without which an item of `exposes` is refused. */
export type RequiredExposedKey = 'enabled' | 'name' | 'product';

/** What each rule has to say besides its place. Codes are documented in docs/diagnostics.md. */
export interface FindingData {
  /** `maskinporten` without `enabled`, or a MaskinportenClient without `secretName`. */
  NM001: { readonly key: 'enabled' | 'secretName' };
  /** A switch that is neither true nor false; without a value, `value` is undefined. */
  NM002: { readonly key: 'enabled' | 'accessibleForAll'; readonly value: string | undefined };
  /** Scopes are listed, and Maskinporten is off. */
  NM003: Record<string, never>;
  /** Maskinporten is on, and no scope is listed. */
  NM004: Record<string, never>;
  /** Unknown key under maskinporten, scopes, a client's spec, the outbound rules, or their items. */
  NM005: { readonly key: string; readonly parent: string; readonly nearest: string | undefined };
  /** A list or a plain value where a map belongs (`keys` are some of it), or a map or a plain value where a list does. */
  NM006: { readonly key: string; readonly expected: 'map' | 'list'; readonly keys: readonly string[] };
  /** An item of `consumes` is a plain string. */
  NM007: { readonly scope: string };
  /** `consumes[].name` is missing, empty or no string. */
  NM008: { readonly problem: 'missing' | 'empty' | 'not-a-string' };
  /** Characters that a scope cannot have (RFC 6749 section 3.3). */
  NM009: { readonly scope: string; readonly characters: readonly string[] };
  /** Several scopes in one name. */
  NM010: { readonly scopes: readonly string[] };
  /** No `prefix:`. */
  NM011: { readonly scope: string };
  /** Upper case, `-` or `_`. */
  NM012: { readonly scope: string; readonly characters: readonly string[] };
  /** Leading, trailing or doubled `/`, `:` or `.`. */
  NM013: { readonly scope: string; readonly cleaned: string };
  /** The scope is consumed twice. */
  NM014: { readonly scope: string; readonly first: Range };
  /** Nearly a known scope. */
  NM015: { readonly scope: string; readonly known: string };
  /** Not in Digdir's registry of public scopes, as it was fetched. */
  NM016: {
    readonly scope: string;
    readonly environments: readonly PublicEnvironment[];
    readonly fetchedAtMs: number;
  };
  /** In the registry, and of no use to a client of Maskinporten. */
  NM017: {
    readonly scope: string;
    readonly problem: PublicFault;
    readonly environments: readonly PublicEnvironment[];
    readonly fetchedAtMs: number;
  };
  /** Scopes are consumed, and no outbound host is open. */
  NM019: Record<string, never>;
  /** A consumed scope's API is not among the outbound hosts. */
  NM020: { readonly scope: string; readonly hosts: readonly string[]; readonly target: Target };
  /** A test host in a manifest for production, or the other way round. */
  NM021: { readonly host: string; readonly counterparts: readonly string[]; readonly target: Target };
  /** `host` is more or less than a host name. */
  NM022: { readonly host: string; readonly problem: HostProblem };
  /** An outbound rule with both host and address. */
  NM023: { readonly host: string; readonly ipv4: string };
  /** An outbound rule with neither; `text` where it is a plain text. */
  NM024: { readonly problem: 'empty' | 'text' };
  /** `ipv4` is no IPv4 address. */
  NM025: { readonly ipv4: string; readonly problem: 'host-name' | 'network' | 'malformed' };
  /** A port that is not of the form `port: 8443`. */
  NM026: { readonly problem: 'number' | 'unknown-key' | 'not-a-number' | 'missing'; readonly value: string };
  /** The host is open already. */
  NM027: { readonly host: string; readonly first: Range };
  /** An address under `host`. */
  NM028: { readonly host: string };
  /** A host that Digdir took out of use. */
  NM029: { readonly host: string };
  /** A variable that the platform sets. Its value is not repeated: it may be a secret. */
  NM030: { readonly name: string; readonly problem: 'same' | 'contradicts' | 'credential' };
  /** The port of the token sidecar. */
  NM031: { readonly port: number };
  /** An exposed scope without a required key. */
  NM040: { readonly missing: readonly RequiredExposedKey[] };
  /** `product` has other characters than `a-z0-9`. */
  NM041: { readonly product: string };
  /**
   * The exposed name breaks the pattern at offset `at`; `character` is undefined where it ends too early. Or it would do,
   * and is no text to YAML.
   */
  NM042: {
    readonly name: string;
    readonly isText: boolean;
    readonly at: number;
    readonly character: string | undefined;
  };
  /** `separator` is not one of `/ : .`. */
  NM043: { readonly separator: string };
  /** Delegation needs the separator `/`, written out. */
  NM044: Record<string, never>;
  /** No separator is written: what the scope is called all the same. */
  NM045: { readonly scope: string; readonly separator: string };
  /** `delegationSource` is not `altinn`. */
  NM046: { readonly value: string };
  /** `visibility` is neither private nor public. */
  NM047: { readonly value: string };
  /** `atMaxAge` is no whole number from 30 to 680. */
  NM048: { readonly value: string };
  /** `allowedIntegrations` is empty. */
  NM050: Record<string, never>;
  /** `allowedIntegrations` without `maskinporten`. */
  NM051: Record<string, never>;
  /** `orgno` is a number to YAML. */
  NM052: { readonly orgno: string };
  /** `orgno` is not nine digits. */
  NM053: { readonly orgno: string; readonly problem: 'missing' | 'malformed' };
  /** The check digit of `orgno` is wrong. */
  NM054: { readonly orgno: string };
  /** A consumer is listed twice. */
  NM055: { readonly orgno: string; readonly first: Range };
  /** Open to all, and to some. */
  NM056: Record<string, never>;
  /** Two items give the same scope. */
  NM057: { readonly scope: string; readonly first: Range };
  /** A scope that is switched off. */
  NM058: { readonly scope: string | undefined };
  /** Letters in an exposed name that no scope can have (RFC 6749 section 3.3). */
  NM059: { readonly name: string; readonly characters: readonly string[] };
  /** A workload of the same organisation consumes the scope, and the organisation is not among its consumers. */
  NM060: { readonly scope: string; readonly consumer: string; readonly organisation: string };
  /** The same workload consumes the scope in another file, named by `other`. */
  NM061: { readonly scope: string; readonly other: string };
  /** The kind has another version. */
  NM070: { readonly kind: string; readonly apiVersion: string; readonly expected: string };
  /** No namespace. */
  NM071: Record<string, never>;
  /** A template tag that a formatter pulled apart. */
  NM080: { readonly tag: string };
  /** A variables file was chosen, and a variable is missing from it, or the template cannot be rendered. */
  NM081: { readonly fault: RenderFault; readonly variables: string };
  /** Aliases stand for more than is read. */
  NM082: Record<string, never>;
  /** The file is too large to be read in the editor. */
  NM083: Record<string, never>;
}

export type FindingCode = keyof FindingData;

interface FindingOf<C extends FindingCode> {
  readonly code: C;
  readonly severity: Severity;
  readonly range: Range;
  /** The published JSON schema reports it too, so the YAML extension may show the same. */
  readonly alsoInSchema: boolean;
  readonly data: FindingData[C];
  readonly fixes: readonly Fix[];
  /** The name of the variables file with which it holds; it may not hold with another. */
  readonly variables?: string;
}

export type Finding = { [C in FindingCode]: FindingOf<C> }[FindingCode];
