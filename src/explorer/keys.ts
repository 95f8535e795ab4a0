/**
 * Gives each of a parent's rows a key of its own, which stays as long as the row is the same thing, wherever it moves:
 * its name, and for the second of the same name also which one it is. Whatever the names hold, no two keys are equal,
 * as VS Code gives up on a tree with two rows of one id.
 */
export class RowKeys {
  private readonly counts = new Map</* name */ string, number>();

  constructor(private readonly parent: string) {}

  keyFor(name: string): string {
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    return `${this.parent}/${count}${JSON.stringify(name)}`;
  }
}
