import type { TokenRequest } from '../../maskinporten/model';
import { texasLimit, texasRequestBody } from '../../maskinporten/texas';
import { curlCommand, quoted } from './curl';
import {
  bodyText,
  hasNonAsciiHeader,
  isEmpty,
  sentUrl,
  TOKEN_VARIABLE,
  type Exported,
  type ExportedField,
  type ExportedRequest,
  type Variable,
} from './exported';

/** Where a workload on Nais finds Texas (Nais docs, auth/reference, "Texas"). */
const ENDPOINT = 'NAIS_TOKEN_ENDPOINT';

export type AppLanguage = 'curl' | 'kotlin' | 'typescript';

export interface AppRequest {
  readonly request: Omit<ExportedRequest, 'token'>;
  readonly grant: Pick<TokenRequest, 'scopes' | 'resource' | 'authorizationDetails' | 'consumerOrg' | 'pid'>;
}

/**
 * Writes what an app on Nais would do: ask Texas for a token, then send the request with it. Refuses a grant with what
 * Texas has no field for, and a request that the language's client would not send as it is.
 */
export function appCode({ request, grant }: AppRequest, language: AppLanguage): Exported {
  if (grant.scopes.length === 0) return { ok: false, fault: 'without-token' };
  const limit = texasLimit(grant);
  if (limit !== undefined) return { ok: false, fault: limit };
  if (hasNonAsciiHeader(request.headers)) return { ok: false, fault: 'non-ascii-header' };
  const tokenBody = JSON.stringify(texasRequestBody(grant));
  if (language === 'curl') return inShell(request, tokenBody);
  const body = isEmpty(request.body) ? '' : bodyText(request.body);
  if (body === undefined) return { ok: false, fault: 'binary-body' };
  return language === 'typescript' ? inTypeScript(request, body, tokenBody) : inKotlin(request, body, tokenBody);
}

function inShell(request: AppRequest['request'], tokenBody: string): Exported {
  const command = curlCommand({ ...request, token: { kind: 'variable' } });
  if (!command.ok) return command;
  const lines = [
    `${TOKEN_VARIABLE}=$(curl --silent --show-error --fail "$${ENDPOINT}" \\`,
    `  --header ${quoted('Content-Type: application/json')} \\`,
    `  --data-raw ${quoted(tokenBody)} |`,
    `  sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p')`,
    command.text,
  ];
  return { ok: true, text: lines.join('\n') };
}

function inTypeScript({ method, url, headers }: AppRequest['request'], body: string, tokenBody: string): Exported {
  if (body !== '' && (method === 'GET' || method === 'HEAD')) return { ok: false, fault: 'body-with-method' };
  const text = (value: string) => JSON.stringify(value);
  const environment = ({ variable }: Variable) => `process.env[${text(variable)}] ?? ''`;
  const lines = [
    `const tokenEndpoint = process.env[${text(ENDPOINT)}];`,
    `if (!tokenEndpoint) throw new Error(${text(`${ENDPOINT} is not set`)});`,
    'const tokenResponse = await fetch(tokenEndpoint, {',
    "  method: 'POST',",
    "  headers: { 'Content-Type': 'application/json' },",
    `  body: JSON.stringify(${tokenBody}),`,
    '});',
    'if (!tokenResponse.ok) throw new Error(`Texas answered ${tokenResponse.status}`);',
    'const { access_token: token } = (await tokenResponse.json()) as { access_token: string };',
    '',
    `const response = await fetch(${text(sentUrl(url))}, {`,
    `  method: ${text(method)},`,
    '  headers: [',
    ...headers.map(
      ([name, value]) => `    [${text(name)}, ${typeof value === 'string' ? text(value) : environment(value)}],`,
    ),
    "    ['Authorization', `Bearer ${token}`],",
    '  ],',
    ...(body === '' ? [] : [`  body: ${text(body)},`]),
    "  redirect: 'manual',",
    '});',
    'console.log(response.status, await response.text());',
  ];
  return { ok: true, text: `${lines.join('\n')}\n` };
}

function inKotlin({ method, url, headers }: AppRequest['request'], body: string, tokenBody: string): Exported {
  if (!isJavaUri(sentUrl(url))) return { ok: false, fault: 'url-characters' };
  const publisher = body === '' ? 'BodyPublishers.noBody()' : `BodyPublishers.ofString(${kotlinString(body)})`;
  const lines = [
    'import java.net.URI',
    'import java.net.http.HttpClient',
    'import java.net.http.HttpRequest',
    'import java.net.http.HttpRequest.BodyPublishers',
    'import java.net.http.HttpResponse.BodyHandlers',
    '',
    'fun main() {',
    '    val client = HttpClient.newHttpClient()',
    `    val tokenRequest = HttpRequest.newBuilder(URI(System.getenv(${kotlinString(ENDPOINT)})))`,
    '        .header("Content-Type", "application/json")',
    `        .POST(BodyPublishers.ofString(${kotlinString(tokenBody)}))`,
    '        .build()',
    '    val tokenResponse = client.send(tokenRequest, BodyHandlers.ofString())',
    '    check(tokenResponse.statusCode() == 200) { "Texas answered ${tokenResponse.statusCode()}" }',
    '    // Use the JSON library of your app here.',
    `    val token = Regex(${kotlinString('"access_token"\\s*:\\s*"([^"]+)"')}).find(tokenResponse.body())!!.groupValues[1]`,
    '',
    `    val request = HttpRequest.newBuilder(URI(${kotlinString(sentUrl(url))}))`,
    ...headers.map(([name, value]) => `        .header(${kotlinString(name)}, ${kotlinValue(value)})`),
    '        .header("Authorization", "Bearer $token")',
    `        .method(${kotlinString(method)}, ${publisher})`,
    '        .build()',
    '    val response = client.send(request, BodyHandlers.ofString())',
    '    println("${response.statusCode()} ${response.body()}")',
    '}',
  ];
  return { ok: true, text: `${lines.join('\n')}\n` };
}

/** java.net.URI knows RFC 2396: some characters that others leave as they are, it wants escaped. */
function isJavaUri(url: string): boolean {
  const { pathname, search } = new URL(url);
  return !/[^\w\-.~:/@!$&'()*+,;=%]/.test(pathname) && !/[^\w\-.~:/?@!$&'()*+,;=%[\]]/.test(search);
}

function kotlinValue(value: ExportedField[1]): string {
  return typeof value === 'string' ? kotlinString(value) : `System.getenv(${kotlinString(value.variable)})`;
}

/** A string literal (Kotlin specification, "String literals"): `$` begins a template, and only these escapes exist. */
export function kotlinString(text: string): string {
  const escaped = text.replace(/[\\"$]|[^\x20-\x7e]/g, (character) => {
    const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return named ?? (/[\\"$]/.test(character) ? `\\${character}` : `\\u${unit(character)}`);
  });
  return `"${escaped}"`;
}

function unit(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
