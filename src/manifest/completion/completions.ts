import { findManifestAt } from '../at';
import type { TextEdit } from '../finding';
import type { KnownScope } from '../knownScopes';
import { maskTemplates } from '../mask';
import type { Range } from '../model';
import type { ManifestFile } from '../reading';
import { lineBreakOf, lineStartOf } from '../rules/edits';
import type { Circumstances } from '../rules/rule';
import { textToReadHere } from '../sourceAt';
import type { Target } from '../target';
import type { KeyPlace, KnownKey } from '../vocabulary';
import { ITEM, knownKey, placeAt, valuesOf, VOCABULARY } from '../vocabulary';
import type { Cursor } from './cursor';
import { cursorAt } from './cursor';
import type { Offer } from './offers';
import { hostsToOpen, namedOrganisations, scopesToConsume } from './offers';
import type { Place } from './place';
import { placesOf, withoutProbe } from './place';
import type { Snippet, Style, TemplateMap } from './snippet';
import { entriesSnippet, entrySnippet, valueSnippet } from './snippet';
import { EXPOSED_ITEM, templateOf } from './templates';

/** A scope that a manifest of the workspace exposes, and the workload that does. */
export interface OfferedScope {
  readonly scope: string;
  readonly workload: string;
}

export interface Organisation {
  readonly orgno: string;
  /** As a manifest names it; none for the user's own. */
  readonly name: string | undefined;
}

/** What can be offered besides what the manifest holds itself. */
export interface CompletionWorld extends Circumstances {
  readonly exposed: readonly OfferedScope[];
  readonly organisations: readonly Organisation[];
}

/** What an item is, so that words can explain it. */
export type CompletionSubject =
  | { readonly kind: 'key'; readonly key: KnownKey }
  | { readonly kind: 'value'; readonly key: KnownKey; readonly value: string }
  | { readonly kind: 'scope'; readonly scope: KnownScope; readonly opens: string | undefined }
  | { readonly kind: 'exposed'; readonly scope: string; readonly workload: string }
  | { readonly kind: 'host'; readonly host: string; readonly target: Target; readonly scopes: readonly string[] }
  | { readonly kind: 'organisation'; readonly organisation: Organisation }
  | { readonly kind: 'expose' };

export interface Completion {
  readonly subject: CompletionSubject;
  /** What the user sees, and what is typed is compared with. */
  readonly label: string;
  readonly snippet: Snippet;
  /** Further edits, none of which touches the range of the completions. */
  readonly edits: readonly TextEdit[];
  /** Its first place to fill in has completions of its own. */
  readonly hasNext: boolean;
}

export interface Completions {
  /** What each item replaces: the whole scalar, for a scope is no word to an editor. */
  readonly range: Range;
  /** In the order in which they are to be shown. */
  readonly items: readonly Completion[];
}

/**
 * What may be typed at `offset` of a file, half-typed as it is; nothing where a manifest says nothing of Maskinporten, and
 * none in a document that is large on its own.
 */
export function completionsAt(file: ManifestFile, offset: number, world: CompletionWorld): Completions | undefined {
  const document = findManifestAt(file, offset);
  const written = document && textToReadHere(file, document);
  if (document === undefined || written === undefined) {
    return undefined;
  }
  const { start } = document.range;
  const text = maskTemplates(written); // no tag reaches over a marker of documents without hiding it
  const cursor = cursorAt(text, offset - start);
  if (cursor === undefined) {
    return undefined;
  }
  const range = replacedBy(cursor);
  const items = placesOf(text, cursor).flatMap((place) => new Offers(cursor, place, world, range, text.masked).all());
  const distinct = new Map(items.map((item) => [JSON.stringify([item.label, item.snippet, item.edits]), item]));
  return distinct.size === 0 ? undefined : moved({ range, items: [...distinct.values()] }, start);
}

/** The scalar, and for a new key its closing quote too, since a colon and a value are to follow that. */
function replacedBy({ range, outer, quote, role, isClosed, hasColon }: Cursor): Range {
  const takesQuote = quote !== '' && role === 'key' && isClosed && !hasColon;
  return takesQuote ? { start: range.start, end: outer.end } : range;
}

function moved({ range, items }: Completions, by: number): Completions {
  const move = (one: Range): Range => ({ start: one.start + by, end: one.end + by });
  return {
    range: move(range),
    items: items.map((item) => ({
      ...item,
      edits: item.edits.map((edit) => ({ range: move(edit.range), newText: edit.newText })),
    })),
  };
}

class Offers {
  readonly #style: Style;

  constructor(
    private readonly cursor: Cursor,
    private readonly place: Place,
    private readonly world: CompletionWorld,
    private readonly range: Range,
    masked: string,
  ) {
    this.#style = styleOf(cursor, place, masked);
  }

  all(): readonly Completion[] {
    return this.cursor.role === 'value' ? this.#values() : this.#entries();
  }

  #values(): readonly Completion[] {
    const { path } = this.place;
    const key = this.#keyAt(path.slice(0, -1), path.at(-1));
    return key === undefined ? [] : this.#offersFor(key, false).map((offer) => this.#value(offer));
  }

  /** A key, or a whole item of a list where an item begins. */
  #entries(): readonly Completion[] {
    const { path, map, needsDash, source } = this.place;
    const { kind } = source.manifest;
    const isBare = this.cursor.flow && map?.range.start === this.place.probe.start;
    const isItem = path.at(-1) === ITEM;
    const listPath = isItem ? path.slice(0, -1) : path;
    const listKey = this.#keyAt(listPath.slice(0, -1), listPath.at(-1));
    const words = listKey === undefined ? [] : this.#offersFor(listKey, true);
    if (words.length > 0) {
      return words.map((offer) => this.#listed(offer, !isItem || needsDash));
    }
    const own = placeAt(path, kind);
    const items = own === undefined && !this.cursor.flow ? placeAt([...path, ITEM], kind) : undefined;
    const place = own ?? items;
    if (place === undefined || map === undefined) {
      return [];
    }
    const begins = items !== undefined || needsDash || isBare;
    const written = new Set(items === undefined ? map.entries.map(({ key }) => key.text) : []);
    const keys = this.#keys(place, written, begins);
    if (this.cursor.hasColon) {
      return keys;
    }
    const whole = this.#wholeItems(place, written, begins);
    return place === 'exposes' ? [...whole, ...keys] : [...keys, ...whole];
  }

  #keys(place: KeyPlace, written: ReadonlySet<string>, begins: boolean): readonly Completion[] {
    // An item that is not there yet begins with what it needs, or with what the user most likely wants of it.
    const keys: readonly string[] = begins ? VOCABULARY[place].slice(0, 1) : VOCABULARY[place];
    return keys
      .filter((key) => !written.has(key) && !(begins && place === 'exposes'))
      .flatMap((name): Completion[] => {
        const key = knownKey(place, name);
        return key === undefined ? [] : [this.#key(key, begins)];
      });
  }

  #key(key: KnownKey, begins: boolean): Completion {
    const value = templateOf(key);
    const subject = { kind: 'key', key } as const;
    if (this.cursor.hasColon) {
      return { subject, label: key.key, snippet: [key.key], edits: [], hasNext: false };
    }
    const snippet = begins
      ? entriesSnippet(new Map([[key.key, value]]), this.#style, true)
      : entrySnippet(key.key, value, this.#style);
    return { subject, label: key.key, snippet: this.#inQuotes(snippet), edits: [], hasNext: leadsOn(key) };
  }

  /** Items of a list that say all at once. */
  #wholeItems(place: KeyPlace, written: ReadonlySet<string>, begins: boolean): readonly Completion[] {
    if (this.cursor.quote !== '') {
      return [];
    }
    const entry = (key: string, offer: Offer): Completion => this.#item(offer, new Map([[key, offer.label]]), begins);
    const isNew = [...written].filter((key) => VOCABULARY[place].some((known) => known === key)).length === 0;
    switch (place) {
      case 'consumes':
      case 'external':
      case 'consumers': {
        const name = VOCABULARY[place][0];
        const key = knownKey(place, name);
        return isNew && key !== undefined ? this.#offersFor(key, false).map((offer) => entry(name, offer)) : [];
      }
      case 'exposes':
        return isNew ? [this.#item({ subject: { kind: 'expose' }, label: 'expose' }, EXPOSED_ITEM, begins)] : [];
      default:
        return [];
    }
  }

  #item(offer: Offer, entries: TemplateMap, begins: boolean): Completion {
    return this.#opening(
      { ...offer, snippet: entriesSnippet(entries, this.#style, begins), edits: [], hasNext: false },
      offer,
    );
  }

  #listed(offer: Offer, needsDash: boolean): Completion {
    const { cursor } = this;
    const snippet = cursor.quote === '' ? valueSnippet(offer.label, this.#style) : [offer.label, this.#closing()];
    const dashed = needsDash && !cursor.flow ? ['- ', ...snippet] : snippet;
    return { subject: offer.subject, label: offer.label, snippet: dashed, edits: [], hasNext: false };
  }

  #value(offer: Offer): Completion {
    const isText = offer.subject.kind !== 'value' || !/^(?:true|false)$/.test(offer.label);
    const plain = isText ? valueSnippet(offer.label, this.#style) : [offer.label];
    const snippet = this.cursor.quote === '' ? plain : [offer.label, this.#closing()];
    return this.#opening({ subject: offer.subject, label: offer.label, snippet, edits: [], hasNext: false }, offer);
  }

  /** With the outbound rule for the scope's API. An edit at the very end of the item must be part of it. */
  #opening(item: Completion, { opening }: Offer): Completion {
    const { probe } = this.place;
    const start = opening && withoutProbe(probe, opening.edit.range.start);
    const end = opening && withoutProbe(probe, opening.edit.range.end);
    if (opening === undefined || start === undefined || end === undefined) {
      return item;
    }
    return start >= this.range.start && start <= this.range.end
      ? { ...item, snippet: [...item.snippet, opening.edit.newText] }
      : { ...item, edits: [{ range: { start, end }, newText: opening.edit.newText }] };
  }

  /** The text of a snippet that begins with a quote, where that quote is typed already. */
  #inQuotes(snippet: Snippet): Snippet {
    const { quote } = this.cursor;
    const [first, ...others] = snippet;
    if (quote === '' || typeof first !== 'string') {
      return snippet;
    }
    const inner = first.startsWith('"') ? first.slice(1).replace('"', quote) : first.replace(':', `${quote}:`);
    return [inner, ...others];
  }

  #closing(): string {
    return this.cursor.isClosed ? '' : this.cursor.quote;
  }

  #keyAt(path: readonly string[], key: string | undefined): KnownKey | undefined {
    const place = placeAt(path, this.place.source.manifest.kind);
    return place === undefined || key === undefined ? undefined : knownKey(place, key);
  }

  #offersFor(key: KnownKey, items: boolean): readonly Offer[] {
    const { source } = this.place;
    const counted = valuesOf(key, items).map((value): Offer => ({
      subject: { kind: 'value', key, value },
      label: value,
    }));
    if (items) {
      return counted;
    }
    switch (`${key.place}.${key.key}`) {
      case 'consumes.name':
        return scopesToConsume(source, this.world);
      case 'external.host':
        return hostsToOpen(source, this.world);
      case 'consumers.orgno':
        return namedOrganisations(this.world);
      default:
        return counted;
    }
  }
}

/** Keys after which something can be chosen at once. */
function leadsOn({ place, key }: KnownKey): boolean {
  return (
    place === 'consumes' ||
    ['host', 'orgno', 'maskinporten', 'scopes', 'consumes', 'consumers', 'external'].includes(key)
  );
}

function styleOf(cursor: Cursor, { source, map }: Place, masked: string): Style {
  const lineStart = lineStartOf(masked, cursor.outer.start);
  const [first] = map?.entries.filter(({ key }) => key.style === 'double') ?? [];
  return {
    flow: cursor.flow,
    json: cursor.flow && (source.root.entries[0]?.key.style === 'double' || first !== undefined),
    lineBreak: lineBreakOf(masked),
    column: cursor.outer.start - lineStart,
    dashIndent: /^( *)(?:- +)?[\w.-]+:[ \t]*\r?\n\1- /m.test(masked) ? 0 : 2,
  };
}
