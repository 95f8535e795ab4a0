import { createHash } from 'node:crypto';
import { explanationsOf } from './explanations';
import type { Answer } from './http';
import { refusalAnswer, refuse } from './refusals';
import type { RefusalName } from './refusals';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
dt { font-weight: 600; margin-top: 1rem; }
dd { margin: 0; }
footer { margin-top: 2rem; border-top: 1px solid; padding-top: 1rem; }
`;

/** The one style sheet is allowed by its digest; nothing else is loaded, sent or framed. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface PageLanguage {
  readonly t: (message: string) => string;
  readonly tag: string;
}

export function errorPageUrl(issuer: string, name: RefusalName): string {
  return `${issuer}errors/${name}`;
}

/** A page that explains one refusal, complete in itself. */
export function errorPage(name: RefusalName, { t, tag }: PageLanguage): Answer {
  const { code, error, status, wording } = refusalAnswer(refuse(name));
  const { meaning, cure } = explanationsOf(t)[name];
  const title = code ?? name;
  const body = `<!doctype html>
<html lang="${escapeHtml(tag)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<dl>
<dt>${escapeHtml(t('Answer'))}</dt><dd><code>${status} ${escapeHtml(error)}</code></dd>
<dt>${escapeHtml(t('What it means'))}</dt><dd>${escapeHtml(meaning)}</dd>
<dt>${escapeHtml(t('What helps'))}</dt><dd>${escapeHtml(cure)}</dd>
</dl>
</main>
<footer>
<p>${escapeHtml(t('This answer came from the sandbox on your own machine, not from Digdir.'))}</p>
${wording === 'assumed' ? `<p>${escapeHtml(t('Digdir has not published how Maskinporten words this refusal. The sandbox refuses in the same case; its error word and text are assumed.'))}</p>` : ''}
</footer>
</body>
</html>
`;
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      ...(wording === 'assumed' ? { 'x-sandbox-wording': 'assumed' } : {}),
    },
    body,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
