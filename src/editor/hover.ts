import * as vscode from 'vscode';
import {
  envAt,
  exposedScopeName,
  keyAt,
  nodeAt,
  type EnvValue,
  type Manifest,
  type ManifestFile,
  type ManifestNode,
  type Range,
} from '../manifest';
import { COMMANDS } from '../platform/ids';
import { toRange } from '../platform/positions';
import { wordKey } from '../words/keys';
import { workloadName, type Manifests, type ManifestSource } from '../workspace/manifests';
import { isNamed, type WorkloadReadings } from '../workspace/workloadReadings';
import { HoverTexts, type HoverServices } from './hoverTexts';
import { breakable, commandLink, markdown } from './markdown';
import { MANIFEST_SELECTOR } from './selector';

/** Something that stands in a manifest, under a name that only a template may know. */
interface Subject<T> {
  readonly thing: T;
  /** All such things of a manifest. */
  readonly thingsIn: (manifest: Manifest) => readonly T[];
  readonly rangeOf: (thing: T) => Range;
  /** Undefined where only a template knows it. */
  readonly nameOf: (thing: T) => string | undefined;
  readonly append: (text: vscode.MarkdownString, thing: T, name: string) => void;
  /** What to say where the name stays unknown. */
  readonly unknown: string;
}

/** A loop may put hundreds of things at one place: a hover tells of the first. */
const MOST_RESOLVED = 3;

/** Hovers on our own nodes and keys of a manifest, and on nothing else. */
export class ScopeHovers {
  private readonly texts: HoverTexts;

  constructor(
    private readonly manifests: Manifests,
    private readonly readings: WorkloadReadings,
    private readonly services: HoverServices,
  ) {
    this.texts = new HoverTexts(services);
  }

  register(): vscode.Disposable {
    return vscode.languages.registerHoverProvider(MANIFEST_SELECTOR, {
      provideHover: (document, position) => this.hover(document, position),
    });
  }

  private async hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const file = await this.manifests.whenRead(document);
    if (!file) return undefined;
    const offset = document.offsetAt(position);
    const key = keyAt(file, offset);
    if (key) {
      const text = markdown().appendText(wordKey(key.key, this.services.language.t));
      return new vscode.Hover(breakable(text), toRange(document, key.range));
    }
    const node = nodeAt(file, offset);
    if (!node) return this.envHover(document, file, offset);
    const text = this.textOf(node, { uri: document.uri, file });
    return new vscode.Hover(breakable(text), toRange(document, node.range));
  }

  /** Of an environment variable that a template fills in, what it is with the chosen variables; of others nothing. */
  private envHover(document: vscode.TextDocument, file: ManifestFile, offset: number): vscode.Hover | undefined {
    const env = envAt(file, offset);
    if (!env?.value.templated) return undefined;
    const text = this.tell<EnvValue>(
      { uri: document.uri, file },
      {
        thing: env,
        thingsIn: (manifest) => manifest.env,
        rangeOf: ({ value }) => value.range,
        nameOf: ({ value }) => (value.templated ? undefined : value.value),
        append: (resolved, _, value) => {
          resolved.appendText(value);
        },
        unknown: this.services.language.t(
          'This value comes from a template: it is known when the manifest is deployed.',
        ),
      },
    );
    return new vscode.Hover(breakable(text), toRange(document, env.value.range));
  }

  private textOf(node: ManifestNode, source: ManifestSource): vscode.MarkdownString {
    const { language, organisation } = this.services;
    const t = language.t;
    const { uri, file } = source;
    const workload = workloadName(node.document, file.documents.indexOf(node.document));
    switch (node.kind) {
      case 'consumed':
        return this.tell(source, {
          thing: node.scope,
          thingsIn: ({ consumes }) => consumes,
          rangeOf: ({ name }) => name.range,
          nameOf: ({ name }) => (name.templated ? undefined : name.value),
          append: (text, _, name) => {
            this.texts.appendConsumed(text, name, uri, workload);
          },
          unknown: t('This scope comes from a template: its name is known when the manifest is deployed.'),
        });
      case 'exposed':
        return this.tell(source, {
          thing: node.scope,
          thingsIn: ({ exposes }) => exposes,
          rangeOf: ({ range }) => range,
          nameOf: (scope) =>
            scope.product.templated || scope.name.templated
              ? undefined
              : exposedScopeName(scope, organisation.scopePrefix),
          append: (text, scope) => {
            this.texts.appendExposed(text, scope);
          },
          unknown: t('This scope comes from a template: its name is known when the manifest is deployed.'),
        });
      case 'outbound':
        return this.tell(source, {
          thing: node.rule,
          thingsIn: ({ outbound }) => outbound,
          rangeOf: ({ range }) => range,
          nameOf: ({ host, ipv4 }) => {
            const target = host ?? ipv4;
            return target?.templated === false ? target.value : undefined;
          },
          append: (text, rule) => {
            const consumes = this.readings.consumesOf({ manifestUri: uri.toString(), workload }) ?? [];
            this.texts.appendOutbound(text, rule, new Set(consumes.filter(isNamed).map(({ name }) => name.value)));
          },
          unknown: t('This host comes from a template: it is known when the manifest is deployed.'),
        });
    }
  }

  private tell<T>(source: ManifestSource, subject: Subject<T>): vscode.MarkdownString {
    const text = markdown();
    const { thing, nameOf, append } = subject;
    const name = nameOf(thing);
    if (name === undefined) this.tellResolved(text, source, subject);
    else append(text, thing, name);
    return text;
  }

  /** What the chosen variables make of it, and which file they are from. */
  private tellResolved<T>(text: vscode.MarkdownString, source: ManifestSource, subject: Subject<T>): void {
    const t = this.services.language.t;
    const { thing, thingsIn, rangeOf, nameOf, append, unknown } = subject;
    const resolved = this.readings.resolvedAt(source, rangeOf(thing), thingsIn, rangeOf);
    const named = new Map((resolved?.things ?? []).map((each) => [nameOf(each), each]));
    named.delete(undefined);
    if (!resolved || named.size === 0) {
      const link = commandLink(t('Choose variables'), COMMANDS.resolveVariables, source.uri.toString());
      text.appendText(unknown).appendMarkdown(`\n\n${link}`);
      return;
    }
    for (const [name = '', each] of [...named].slice(0, MOST_RESOLVED)) {
      append(text, each, name);
      text.appendMarkdown('\n\n---\n\n');
    }
    const others = named.size - MOST_RESOLVED;
    if (others > 0) text.appendText(t('and {count} more', { count: others })).appendMarkdown('\n\n');
    text.appendText(t('Values from {file}.', { file: resolved.file }));
  }
}
