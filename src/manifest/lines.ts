/** The lines of a text that hold more than white space and a comment, by their number among these. */
export class Lines {
  /** Where the contents of each begin and end; blanks and a comment at its end count. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** The columns at which they begin. A reader that has read what a line begins with moves both onwards. */
  readonly columns: number[] = [];
  /** Some line is indented with a tab. */
  readonly hasTabs: boolean = false;

  constructor(readonly text: string) {
    const { starts, ends, columns } = this;
    for (let line = 0; line < text.length;) {
      const newline = text.indexOf('\n', line);
      const next = newline === -1 ? text.length : newline + 1;
      let at = line;
      while (text.charCodeAt(at) === SPACE) {
        at++;
      }
      const first = text.charCodeAt(at);
      this.hasTabs ||= first === TAB;
      const end =
        newline === -1 ? text.length : newline > line && text.charCodeAt(newline - 1) === CR ? newline - 1 : newline;
      if (at < end && first !== HASH) {
        starts.push(at);
        ends.push(end);
        columns.push(at - line);
      }
      line = next;
    }
  }

  get count(): number {
    return this.starts.length;
  }

  /** The next line from `from` on that does not stand to the right of `column`; `to` where all of them do. */
  nextAt(column: number, from: number, to: number): number {
    let line = from;
    while (line < to && (this.columns[line] ?? 0) > column) {
      line++;
    }
    return line;
  }

  /** Whether the line begins with the dash of a list's item. */
  isItem(line: number): boolean {
    const start = this.starts[line] ?? 0;
    return (
      this.text.charCodeAt(start) === DASH &&
      (start + 1 === this.ends[line] || this.text.charCodeAt(start + 1) === SPACE)
    );
  }
}

const TAB = 0x09;
const CR = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
