/**
 * Names that stand twice in one object of a JSON text, wherever it is nested. JSON.parse takes the last and says
 * nothing, while other parsers take the first or refuse (RFC 8259 section 4; RFC 7519 section 4 lets them). The text
 * must be valid JSON.
 */
export function duplicateNames(json: string): string[] {
  const duplicates = new Set<string>();
  const open: { readonly names: Set<string> | undefined; isName: boolean }[] = [];
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/gs)) {
    const current = open.at(-1);
    switch (token) {
      case '{':
        open.push({ names: new Set(), isName: true });
        break;
      case '[':
        open.push({ names: undefined, isName: false });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (current?.names) current.isName = true;
        break;
      case ':':
        if (current) current.isName = false;
        break;
      default: {
        if (!current?.names || !current.isName) break;
        const name = JSON.parse(token) as string;
        if (current.names.has(name)) duplicates.add(name);
        current.names.add(name);
      }
    }
  }
  return [...duplicates];
}
