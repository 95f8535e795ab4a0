import { readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/places.mjs';

/** A command of package.json, as the palette shows it. */
export interface PaletteCommand {
  readonly id: string;
  readonly title: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
  };
}

/** Every command of package.json: those of the palette, and those that only rows and links have. */
export function everyCommand(): { readonly inPalette: readonly PaletteCommand[]; readonly hidden: readonly string[] } {
  const { contributes } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as Manifest;
  const texts = JSON.parse(readFileSync(inRoot('package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;
  const hidden = contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
  const inPalette = contributes.commands
    .filter(({ command }) => !hidden.includes(command))
    .map(({ command, title, category }) => {
      const words = texts[title.replaceAll('%', '')] ?? title;
      return { id: command, title: category === undefined ? words : `${category}: ${words}` };
    });
  return { inPalette, hidden };
}
