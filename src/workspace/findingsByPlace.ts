import type { Finding, Range } from '../manifest';

/** Finds those of many findings that stand within a range, and looks at few others. */
export class FindingsByPlace {
  private readonly ordered: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    this.ordered = findings.toSorted((a, b) => a.range.start - b.range.start);
  }

  /** In the order of the text. */
  within({ start, end }: Range): readonly Finding[] {
    const found: Finding[] = [];
    for (let at = this.firstFrom(start); at < this.ordered.length; at++) {
      const finding = this.ordered[at];
      if (finding === undefined || finding.range.start > end) break;
      if (finding.range.end <= end) found.push(finding);
    }
    return found;
  }

  /** The index of the first finding that does not begin before `start`. */
  private firstFrom(start: number): number {
    let [low, high] = [0, this.ordered.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ordered[middle]?.range.start ?? Infinity) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
