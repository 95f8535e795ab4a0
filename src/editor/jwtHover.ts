import * as vscode from 'vscode';
import { decodeToken } from '../maskinporten/decode';
import { ConfigValue } from '../platform/config';
import { COMMANDS } from '../platform/ids';
import type { Language } from '../platform/language';
import { wordAbsolute, wordValidity } from '../shared/time';
import { organisationNumber } from '../words/claims';
import { wordDecoded } from '../words/decoded';
import { breakable } from './markdown';

/** Where people keep tokens that they try things with. In other files a hover would be in the way. */
const TOKEN_FILES: vscode.DocumentSelector = [
  { pattern: '**/.env*' },
  { pattern: '**/*.env' },
  { pattern: '**/*.http' },
  { pattern: '**/*.rest' },
  { language: 'json' },
  { language: 'jsonc' },
  { language: 'yaml' },
];

/** A minified file has lines of megabytes, and no token is as long as this. */
const MOST_LINE_LENGTH = 20_000;
const MOST_SCOPES = 10;
const JWT = /eyJ[\w-]+(?:\.[\w-]*){2,4}/g;

/** Hovers over JWTs: state, scopes and expiry, as the token itself says. No key is fetched for a hover. */
export class JwtHovers implements vscode.Disposable {
  private readonly enabled = new ConfigValue('decode.hover', true);
  private readonly registration: vscode.Disposable;

  constructor(private readonly language: Language) {
    this.registration = vscode.languages.registerHoverProvider(TOKEN_FILES, {
      provideHover: (document, position) => (this.enabled.value ? this.hover(document, position) : undefined),
    });
  }

  private hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const { text } = document.lineAt(position.line);
    if (text.length > MOST_LINE_LENGTH) return undefined;
    for (const match of text.matchAll(JWT)) {
      const start = match.index;
      const end = start + match[0].length;
      if (position.character < start || position.character > end) continue;
      const range = new vscode.Range(position.line, start, position.line, end);
      return new vscode.Hover(breakable(this.words(match[0], document.uri, range)), range);
    }
    return undefined;
  }

  /** The token says what it likes, so its claims go in as plain text, and into no link. */
  private words(token: string, uri: vscode.Uri, { start, end }: vscode.Range): vscode.MarkdownString {
    const { t } = this.language;
    const text = new vscode.MarkdownString();
    text.isTrusted = { enabledCommands: [COMMANDS.decodeToken] };
    const decoded = decodeToken(token);
    const lines =
      decoded.kind === 'jwt'
        ? [...this.claimLines(decoded.claims), ...wordDecoded(decoded, t)]
        : wordDecoded(decoded, t);
    for (const line of lines) text.appendText(line).appendMarkdown('\n\n');
    const place = { uri: uri.toString(), line: start.line, start: start.character, end: end.character };
    const link = `command:${COMMANDS.decodeToken}?${encodeURIComponent(JSON.stringify([place]))}`;
    return text.appendMarkdown(`[${t('Decode Token')}](${link})`);
  }

  private claimLines(claims: Readonly<Record<string, unknown>>): string[] {
    const { t, locale } = this.language;
    const { exp, nbf, scope, consumer } = claims;
    const at = (value: unknown) => (typeof value === 'number' ? value * 1000 : undefined);
    // A claim that is there and is no number makes the state uncertain, never valid.
    const isOdd = nbf !== undefined && typeof nbf !== 'number';
    const expiresAtMs = isOdd ? undefined : at(exp);
    const state = wordValidity({ notBeforeMs: at(nbf), expiresAtMs }, Date.now(), t);
    const until = expiresAtMs === undefined ? '' : ` (${wordAbsolute(expiresAtMs, locale)})`;
    const scopes = typeof scope === 'string' ? scope.split(/\s+/).filter((name) => name !== '') : [];
    const shown = scopes.slice(0, MOST_SCOPES).join(', ') + (scopes.length > MOST_SCOPES ? ', …' : '');
    const organisation = organisationNumber(consumer);
    return [
      t('{state}. The signature was not checked.', { state: state + until }),
      ...(scopes.length > 0 ? [t('Scopes: {scopes}', { scopes: shown })] : []),
      ...(organisation === undefined ? [] : [t('Consumer: {number}', { number: organisation })]),
    ];
  }

  dispose(): void {
    this.enabled.dispose();
    this.registration.dispose();
  }
}
