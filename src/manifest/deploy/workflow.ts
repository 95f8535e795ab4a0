import type { Document } from 'yaml';
import { isMap, isNode, isScalar, isSeq, parseDocument, Parser, type Node, type YAMLMap } from 'yaml';
import type { Range } from '../model';
import { isDeeperThan, MAX_DEPTH } from '../yamlTree';
import type { Assignment } from '../render/variablesFile';
import { readAssignment } from '../render/variablesFile';
import type { ExpressionContext } from './expressions';
import { evaluated } from './expressions';
import { matrixRows } from './matrix';
import type { DeployText } from './text';
import { known, literalOf, splitAtCommas, UNKNOWN } from './text';

/** One use of the deploy action, with what the workflow tells it. */
export interface Deployment {
  /** As `dev-gcp`; undefined where only the run knows it. */
  readonly cluster: string | undefined;
  /** Files, relative to the root of the repository: an action runs there, whatever `working-directory` says. */
  readonly resources: readonly DeployText[];
  readonly vars: DeployText | undefined;
  readonly var: readonly Assignment[];
  /** `VAR` has items whose very names only the run knows. */
  readonly mayHaveMore: boolean;
  /** `IMAGE` is set, which gives a variable `image`. */
  readonly image: boolean;
  readonly job: string;
  /** The path of the workflow that has the step, and the step in it. */
  readonly workflow: string;
  readonly range: Range;
}

/** Workflows of one repository: their texts by their paths from its root. */
export type WorkflowTexts = ReadonlyMap</* .github/workflows/x.yml */ string, string>;

type Texts = ReadonlyMap<string, DeployText>;

const MAX_LENGTH = 256 * 1024;
const NONE: Texts = new Map();
/** nais/deploy/actions/deploy; also a copy of its repository at another owner. */
const DEPLOY_ACTION = /^[\w.-]+\/deploy\/actions\/deploy@/i;

/**
 * The deployments of a repository's workflows. A workflow that others call is read with what they give it, one step deep,
 * and by itself only where nobody here calls it. Never throws; what is no workflow has none.
 */
export function deploymentsIn(texts: WorkflowTexts): readonly Deployment[] {
  const workflows = [...texts].flatMap(([path, text]) => new Workflow(path, parsed(text)));
  const byPath = new Map(workflows.map((workflow) => [workflow.path, workflow]));
  const calls = workflows.flatMap((workflow) => workflow.calls());
  const called = new Set(calls.map(({ path }) => path));
  return [
    ...workflows
      .filter(({ path, isOnlyCalled }) => !(isOnlyCalled && called.has(path)))
      .flatMap((workflow) => workflow.deployments(NONE)),
    ...calls.flatMap(({ path, inputs }) => byPath.get(path)?.deployments(inputs) ?? []),
  ];
}

function parsed(text: string): Document | undefined {
  if (text.length > MAX_LENGTH || [...new Parser().parse(text)].some((token) => isDeeperThan(token, MAX_DEPTH))) {
    return undefined;
  }
  const document = parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent' });
  return document;
}

interface Call {
  readonly path: string;
  readonly inputs: Texts;
}

class Workflow {
  constructor(
    readonly path: string,
    private readonly document: Document | undefined,
  ) {}

  /** It runs by `workflow_call` and nothing else. */
  get isOnlyCalled(): boolean {
    const on = this.#root?.get('on', true);
    const events = isMap(on) ? on.items.map(({ key }) => key) : isSeq(on) ? on.items : [on];
    return events.length === 1 && isScalar(events[0]) && events[0].value === 'workflow_call';
  }

  /** The workflows of the same repository that its jobs call, with what they give them. */
  calls(): readonly Call[] {
    return this.#jobs.flatMap(({ job }) => {
      const uses = textAt(job, 'uses') ?? '';
      return uses.startsWith('./')
        ? this.#contexts(job, NONE).map((context) => ({ path: uses.slice(2), inputs: textsAt(job, 'with', context) }))
        : [];
    });
  }

  /** The deployments with these inputs; what is not given has its default, or is not known. */
  deployments(inputs: Texts): readonly Deployment[] {
    return this.#jobs.flatMap(({ name, job }) => {
      const steps = job.get('steps', true);
      const uses = (isSeq(steps) ? steps.items : [])
        .filter(isMap)
        .filter((step) => DEPLOY_ACTION.test(textAt(step, 'uses') ?? ''));
      return uses.length === 0
        ? []
        : this.#contexts(job, inputs).flatMap((context) => uses.map((step) => this.#deployment(name, step, context)));
    });
  }

  #deployment(job: string, step: YAMLMap, context: ExpressionContext): Deployment {
    const env = new Map([...context.env, ...textsAt(step, 'env', context)]);
    const items = splitAtCommas(env.get('var') ?? known(''));
    const vars = env.get('vars');
    return {
      cluster: literalOf(env.get('cluster') ?? UNKNOWN),
      resources: splitAtCommas(env.get('resource') ?? known('')),
      vars: vars === undefined || literalOf(vars) === '' ? undefined : vars,
      var: items.flatMap(assignmentOf),
      mayHaveMore: items.some((item) => assignmentOf(item).length === 0),
      image: env.has('image') && literalOf(env.get('image') ?? UNKNOWN) !== '',
      job,
      workflow: this.path,
      range: rangeOf(step),
    };
  }

  /** What each run of a job sees: one for each row of its matrix. */
  #contexts(job: YAMLMap, given: Texts): readonly ExpressionContext[] {
    const inputs = new Map([...this.#defaults, ...given]);
    const strategy = job.get('strategy', true);
    const matrix = this.#plain(isMap(strategy) ? strategy.get('matrix', true) : undefined);
    return matrixRows(matrix).map((row) => {
      const outermost = { env: NONE, matrix: row, inputs };
      const ofWorkflow = textsAt(this.#root, 'env', outermost);
      const env = new Map([...ofWorkflow, ...textsAt(job, 'env', { ...outermost, env: ofWorkflow })]);
      return { ...outermost, env };
    });
  }

  get #root(): YAMLMap | undefined {
    const contents = this.document?.contents;
    return isMap(contents) ? contents : undefined;
  }

  get #jobs(): readonly { readonly name: string; readonly job: YAMLMap }[] {
    const jobs = this.#root?.get('jobs', true);
    return (isMap(jobs) ? jobs.items : []).flatMap(({ key, value }) =>
      isScalar(key) && isMap(value) ? [{ name: String(key.value), job: value }] : [],
    );
  }

  get #defaults(): Texts {
    const inputs = new Map<string, DeployText>();
    for (const event of ['workflow_call', 'workflow_dispatch']) {
      const declared = this.#root?.getIn(['on', event, 'inputs'], true);
      for (const { key, value } of isMap(declared) ? declared.items : []) {
        const text = isMap(value) ? textAt(value, 'default') : undefined;
        // Whoever starts a workflow by hand may choose otherwise.
        if (isScalar(key) && text !== undefined && event === 'workflow_call') {
          inputs.set(String(key.value).toLowerCase(), known(text));
        }
      }
    }
    return inputs;
  }

  #plain(node: unknown): unknown {
    try {
      return isNode(node) && this.document !== undefined ? node.toJS(this.document) : undefined;
    } catch {
      return undefined; // an alias bomb, or an alias that names nothing
    }
  }
}

/** Environment variables and inputs: texts by their names in lower case, as one name may be written in many ways. */
function textsAt(map: YAMLMap | undefined, key: string, context: ExpressionContext): Texts {
  const holder = map?.get(key, true);
  const texts = new Map<string, DeployText>();
  for (const { key: name, value } of isMap(holder) ? holder.items : []) {
    if (isScalar(name)) {
      const text = isScalar(value) && value.value !== null ? evaluated(sourceOf(value.value), context) : known('');
      texts.set(String(name.value).toLowerCase(), text);
    }
  }
  return texts;
}

function assignmentOf(item: DeployText): readonly Assignment[] {
  const literal = literalOf(item);
  if (literal !== undefined) {
    return [readAssignment(literal)];
  }
  const [first = ''] = item.parts;
  return first.includes('=') ? [{ name: readAssignment(first).name, value: undefined }] : [];
}

function textAt(map: YAMLMap, key: string): string | undefined {
  const value = map.get(key, true);
  return isScalar(value) && value.value !== null ? sourceOf(value.value) : undefined;
}

function sourceOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function rangeOf(node: Node): Range {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}
