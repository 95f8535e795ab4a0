import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FindingCode } from '../manifest';

/** What docs/diagnostics.md says of a code. */
export interface RulePage {
  /** Its words in bold, without the severity behind them. */
  readonly title: string;
  /** The whole section, in Markdown. */
  readonly text: string;
}

export type RulePages = ReadonlyMap<FindingCode, RulePage>;

/** The sections of docs/diagnostics.md in the package. */
export async function readRulePages(packageFolder: string): Promise<RulePages> {
  return rulePagesIn(await readFile(path.join(packageFolder, 'docs', 'diagnostics.md'), 'utf8'));
}

/** The sections of the page of diagnostics, by code. */
export function rulePagesIn(page: string): RulePages {
  const sections = page.split(/^## (?=NM\d{3}$)/m).slice(1);
  return new Map(
    sections.map((section) => {
      const text = section.slice(section.indexOf('\n')).trim();
      const title = /\*\*([^*]+)\*\*/.exec(text)?.[1] ?? '';
      return [section.slice(0, 'NM000'.length) as FindingCode, { title, text }];
    }),
  );
}
