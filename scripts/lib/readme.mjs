import { readFileSync } from 'node:fs';
import { inRoot, readPackage } from './places.mjs';

/** Where a generated part of a page begins and ends. */
const marks = (name) => [`<!-- ${name} -->`, `<!-- /${name} -->`];

function cell(text) {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/** The settings of package.json as a table in Markdown, in their order. */
export function settingsTable() {
  const texts = JSON.parse(readFileSync(inRoot('package.nls.json'), 'utf8'));
  const settings = Object.entries(readPackage().contributes.configuration.properties);
  const rows = settings
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([name, { markdownDescription, default: usual, enum: choices }]) => {
      const values = choices ? choices.map((choice) => `\`${choice}\``).join(', ') : '';
      const text = cell(texts[markdownDescription.replaceAll('%', '')]);
      return `| \`${name}\` | \`${JSON.stringify(usual)}\` | ${text}${values ? ` (${values})` : ''} |`;
    });
  return ['| setting | unless set | what it does |', '| --- | --- | --- |', ...rows].join('\n');
}

/** `page` with the generated part of this name in place of what stands there; throws where it has no place for it. */
export function withPart(page, name, content) {
  const [begin, end] = marks(name);
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`The page has no part ${name}.`);
  return `${page.slice(0, from + begin.length)}\n\n${content}\n\n${page.slice(to)}`;
}
