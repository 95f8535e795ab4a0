import {
  CLAIM_PARTS,
  PROBLEM_ACTIONS,
  type NamedText,
  type RequestForm,
  type RequestPanelState,
  type RequestWebviewRequest,
  type RequestWebviewSays,
  type TokenPanelState,
  type TokenWebviewRequest,
} from './messages';

/** Far above what a form can hold in earnest; below what would trouble the host. */
const MOST = { scopes: 100, headers: 200, shortText: 2_000, url: 16_000, headerValue: 64_000, body: 50_000_000 };

type Fields = Readonly<Record<string, unknown>>;

/** A request of the token view, made anew from its known members; undefined for anything else. */
export function parseTokenRequest(value: unknown): TokenWebviewRequest | undefined {
  const fields = asFields(value);
  switch (fields?.['type']) {
    case 'ready':
    case 'get-token':
    case 'cancel':
    case 'send-request':
      return { type: fields['type'] };
    case 'copy':
      return fields['what'] === 'token' || fields['what'] === 'payload'
        ? { type: 'copy', what: fields['what'] }
        : undefined;
    case 'copy-claim': {
      const part = oneOf(CLAIM_PARTS, fields['part']);
      const name = asText(fields['name'], MOST.shortText);
      return part !== undefined && name !== undefined ? { type: 'copy-claim', part, name } : undefined;
    }
    case 'problem-action':
      return parseProblemAction(fields);
    default:
      return undefined;
  }
}

/** A request of the request panel, made anew from its known members; undefined for anything else. */
export function parseRequestPanelRequest(value: unknown): RequestWebviewRequest | undefined {
  const fields = asFields(value);
  switch (fields?.['type']) {
    case 'ready':
    case 'cancel':
      return { type: fields['type'] };
    case 'send': {
      const form = parseForm(fields['form']);
      return form && { type: 'send', form };
    }
    case 'show-token': {
      const scopes = asScopes(fields['scopes']);
      return scopes && scopes.length > 0 ? { type: 'show-token', scopes } : undefined;
    }
    case 'problem-action':
      return parseProblemAction(fields);
    default:
      return undefined;
  }
}

/** An event of the request panel, made anew from its known members; undefined for anything else. */
export function parseRequestPanelEvent(value: unknown): RequestWebviewSays['event'] | undefined {
  const fields = asFields(value);
  const form = fields?.['type'] === 'edited' ? parseForm(fields['form']) : undefined;
  return form && { type: 'edited', form };
}

/** What a token view kept over a reload. It was on disk, so it is no more trusted than a message. */
export function parseTokenPanelState(value: unknown): TokenPanelState | undefined {
  const fields = asFields(value);
  const scopes = asScopes(fields?.['scopes']);
  if (fields?.['version'] !== 1 || !scopes || scopes.length === 0) return undefined;
  return { version: 1, ...parseOrigin(fields), scopes };
}

/** What a request panel kept over a reload. */
export function parseRequestPanelState(value: unknown): RequestPanelState | undefined {
  const fields = asFields(value);
  const form = fields?.['version'] === 1 ? parseForm({ ...fields, body: '' }) : undefined;
  if (!fields || !form) return undefined;
  const { method, url, headers, scopes } = form;
  return { version: 1, ...parseOrigin(fields), method, url, headers, scopes };
}

function parseForm(value: unknown): RequestForm | undefined {
  const fields = asFields(value);
  const method = asText(fields?.['method'], 20);
  const url = asText(fields?.['url'], MOST.url);
  const body = asText(fields?.['body'], MOST.body);
  const headers = asList(fields?.['headers'], MOST.headers, asHeader);
  const scopes = asScopes(fields?.['scopes']);
  if (method === undefined || !/^[A-Z]+$/.test(method)) return undefined;
  if (url === undefined || body === undefined || !headers || !scopes) return undefined;
  return { method, url, headers, body, scopes };
}

function parseOrigin(fields: Fields): { manifestUri: string | undefined; workload: string | undefined } {
  return { manifestUri: asText(fields['manifestUri'], MOST.url), workload: asText(fields['workload'], MOST.shortText) };
}

function parseProblemAction(fields: Fields) {
  const action = oneOf(PROBLEM_ACTIONS, fields['action']);
  return action && ({ type: 'problem-action', action } as const);
}

function asHeader(value: unknown): NamedText | undefined {
  const fields = asFields(value);
  const name = asText(fields?.['name'], MOST.shortText);
  const text = asText(fields?.['value'], MOST.headerValue);
  return name !== undefined && text !== undefined ? { name, value: text } : undefined;
}

function asScopes(value: unknown): readonly string[] | undefined {
  return asList(value, MOST.scopes, (item) => asText(item, MOST.shortText));
}

function asList<T>(value: unknown, most: number, parse: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const items: T[] = [];
  for (const item of value as readonly unknown[]) {
    const parsed = parse(item);
    if (parsed === undefined) return undefined;
    items.push(parsed);
  }
  return items;
}

function asText(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value.length <= most ? value : undefined;
}

function oneOf<T>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((item) => item === value);
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
