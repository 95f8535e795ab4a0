/**
 * What PowerShell 7 hands to a program for a command of the forms that we write: quoted texts, variables of the
 * environment, a sum in parentheses, lines that go on after a backtick, and bytes that are piped in. Written from
 * about_Quoting_Rules and about_Parsing, and not from our own writer; anything else is refused.
 */
export function readPowerShell(
  text: string,
  env: Readonly<Record<string, string>>,
): { readonly args: readonly string[]; readonly input: Buffer } {
  let rest = text;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = new RegExp(`^(?:${pattern.source})`, 's').exec(rest);
    if (found) rest = rest.slice(found[0].length);
    return found ?? undefined;
  };
  /** A text between single quotes, of which Unicode has five; two of them stand for the second. */
  const single = (): string | undefined => {
    const found = take(
      /['\u2018-\u201b]((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)['\u2018-\u201b](?!['\u2018-\u201b])/,
    );
    return found?.[1]?.replace(/['\u2018-\u201b](['\u2018-\u201b])/g, '$1');
  };
  const expanded = (inner: string): string => {
    if (/[`]|\$(?!env:)/.test(inner)) throw new Error(`Not expected between double quotes: ${inner}`);
    return inner.replace(/\$env:(\w+)/g, (_, name: string) => env[name] ?? '');
  };
  let input = Buffer.alloc(0);
  if (take(/,\[/)) {
    const kind = take(/(Text\.Encoding\]::UTF8\.GetBytes|Convert\]::FromBase64String)\(/)?.[1];
    const given = single();
    if (kind === undefined || given === undefined || !take(/\) \|\n\s*/)) throw new Error(`Not bytes: ${rest}`);
    input = Buffer.from(given, kind.startsWith('Text') ? 'utf8' : 'base64');
  }
  const args: string[] = [];
  while (rest !== '') {
    if (take(/[ \t]+|`\n/)) continue;
    const sum = take(/\(/);
    const quoted = single();
    if (quoted !== undefined) {
      if (sum) args.push(quoted + (env[take(/ \+ \$env:(\w+)\)/)?.[1] ?? ''] ?? ''));
      else args.push(quoted);
      continue;
    }
    const double = take(/"([^"]*)"(?!")/)?.[1];
    const bare = double === undefined ? take(/[\w-]+(?=[\s]|$)/)?.[0] : expanded(double);
    if (bare === undefined) throw new Error(`PowerShell would read this in another way: ${rest}`);
    args.push(bare);
  }
  return { args, input };
}
