import {
  areSameCircumstances,
  type Circumstances,
  type Finding,
  type ManifestDocument,
  type ManifestFile,
  type PlainDocument,
  type PlainFile,
} from '../manifest';

/** The findings of each document of a file. */
type FileFindings = readonly (readonly Finding[])[];

/** Makes the findings of a file that was read elsewhere: it is read again for them. Undefined where that failed. */
export type FindingsSource = (circumstances: readonly Circumstances[]) => Promise<FileFindings | undefined>;

const MOST_KEPT = 3;

/**
 * A file of which only plain data is kept: its text is in another thread, or still where it lies. Its findings are made
 * when somebody first asks for them, and `arrived` tells when they are there.
 */
export class KeptFile implements ManifestFile {
  readonly kind;
  readonly lineStarts;
  readonly documents: readonly ManifestDocument[];
  private known: readonly { readonly circumstances: Circumstances; readonly findings: FileFindings }[];
  private readonly awaited: Circumstances[] = [];

  /** `asked` are the circumstances that the findings of `plain` are for. */
  constructor(
    plain: PlainFile,
    readonly text: string | undefined,
    asked: readonly Circumstances[],
    private readonly source: FindingsSource,
    private readonly arrived: () => void,
  ) {
    this.kind = plain.kind;
    this.lineStarts = plain.lineStarts;
    this.documents = plain.documents.map((document, index) => this.document(document, index));
    this.known = asked.flatMap((circumstances, at) => {
      const findings = plain.findings[at];
      return findings ? [{ circumstances, findings }] : [];
    });
  }

  /** What the next reading of the same file had better come with. */
  get asked(): readonly Circumstances[] {
    return this.known.map(({ circumstances }) => circumstances);
  }

  private document({ range, manifest, listKeys, facts }: PlainDocument, index: number): ManifestDocument {
    return {
      range,
      manifest,
      listKeys,
      facts,
      findingsIn: (circumstances) => this.findingsIn(circumstances)?.[index] ?? [],
    };
  }

  /** Until those asked for are there, the ones that were last known: most often they will be the same. */
  private findingsIn(circumstances: Circumstances): FileFindings | undefined {
    const known = this.known.find((each) => areSameCircumstances(each.circumstances, circumstances));
    if (!known && !this.awaited.some((each) => areSameCircumstances(each, circumstances))) {
      this.awaited.push(circumstances);
      void this.fetch(circumstances);
    }
    return (known ?? this.known[0])?.findings;
  }

  /** Asked once: what failed is not tried again before the file is read anew. */
  private async fetch(circumstances: Circumstances): Promise<void> {
    const findings = await this.source([circumstances]);
    if (findings?.length !== this.documents.length) return;
    this.known = [{ circumstances, findings }, ...this.known.slice(0, MOST_KEPT - 1)];
    this.awaited.splice(this.awaited.indexOf(circumstances), 1);
    this.arrived();
  }
}
