import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { arch, cpus, totalmem, type } from 'node:os';
import { format, resolveConfig } from 'prettier';
import { inRoot } from './places.mjs';

const REPORT = ['docs', 'benchmarks.md'];

const HEAD = `# Benchmarks

\`npm run bench\` measures all of this anew; \`npm run bench NAME…\` only the named sections. Each bench is bundled as the
extension is, and runs in a process of its own. References are measured in the same run, taking turns with what they are
compared to. No test asserts a time. What is written below the figures by hand stands in \`test/bench/NAME.md\`.
`;

/** The machine, without anything that says whose it is. */
function machine() {
  const [{ model = 'unknown processor' } = {}, ...others] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${model.trim()}, ${others.length + 1} cores, ${memory}; Node ${process.version}, ${type()} ${arch()}`;
}

function figure(cell) {
  if (typeof cell !== 'number') return cell;
  if (!Number.isFinite(cell)) return '–';
  return Math.abs(cell) >= 100 ? String(Math.round(cell)) : String(Number(cell.toPrecision(3)));
}

function tableOf({ title, aim, note, columns, rows }) {
  const line = (cells) => `| ${cells.map((cell) => figure(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  const isNumeric = (column) => rows.every((row) => typeof row[column] === 'number');
  return [
    `### ${title}`,
    ...(aim === undefined ? [] : [`Aim: ${aim}`]),
    [line(columns), line(columns.map((_, column) => (isNumeric(column) ? '--:' : '---'))), ...rows.map(line)].join(
      '\n',
    ),
    ...(note === undefined ? [] : [note]),
  ].join('\n\n');
}

/**
 * The section of one bench, as Markdown: its tables, when and where they were measured, and `test/bench/NAME.md`.
 *
 * @param {string} name
 * @param {readonly import('../../test/bench/bench').BenchTable[]} tables
 * @returns {Promise<string>}
 */
export async function sectionOf(name, tables) {
  const notes = inRoot('test', 'bench', `${name}.md`);
  const measured = `Measured ${new Date().toISOString().slice(0, 10)} on ${machine()}.`;
  const parts = [`## ${name}`, measured, ...tables.map(tableOf)];
  const text = [...parts, ...(existsSync(notes) ? [await readFile(notes, 'utf8')] : [])].join('\n\n');
  const config = await resolveConfig(inRoot(...REPORT));
  return (await format(text, { ...config, parser: 'markdown' })).trim();
}

/**
 * The report with the section in place of the one of the same name, or at its place in the alphabet.
 *
 * @param {string} report
 * @param {string} name
 * @param {string} section
 * @returns {string}
 */
export function withSection(report, name, section) {
  const sections = new Map(
    report
      .split(/^(?=## )/m)
      .slice(1)
      .map((text) => [/^## (.*)/.exec(text)[1].trim(), text.trim()]),
  );
  sections.set(name, section.trim());
  const ordered = [...sections].sort(([a], [b]) => a.localeCompare(b, 'en')).map(([, text]) => text);
  return `${[HEAD.trim(), ...ordered].join('\n\n')}\n`;
}

/**
 * Writes the section of one bench to docs/benchmarks.md, and leaves the others as they are.
 *
 * @param {string} name
 * @param {string} section
 */
export async function updateReport(name, section) {
  const file = inRoot(...REPORT);
  const before = existsSync(file) ? await readFile(file, 'utf8') : '';
  await writeFile(file, withSection(before, name, section));
}
