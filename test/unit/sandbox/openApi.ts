import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Reply } from './support';

export const DESCRIPTION = path.resolve(import.meta.dirname, '../../../docs/texas.openapi.yaml');

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

type Referable<T> = T | { readonly $ref: string };

interface Operation {
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Referable<Content>>>;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** An OpenAPI description by which requests and answers are judged. It knows nothing of what it describes. */
export class Described {
  readonly #document: OpenApi;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map</* schema */ string, ValidateFunction>();

  constructor(file: string) {
    this.#document = parse(readFileSync(file, 'utf8')) as OpenApi;
    this.#ajv.addSchema({ $id: 'described', components: this.#document.components });
  }

  /** Every operation as `POST /path`. */
  get operations(): string[] {
    return Object.entries(this.#document.paths).flatMap(([at, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${at}`),
    );
  }

  /** Whether a body of this content type is one that the operation takes. */
  takes(operation: string, contentType: string, body: unknown): boolean {
    const schema = this.#operation(operation).requestBody?.content?.[contentType]?.schema;
    return this.#validator(schema ?? assert.fail(`${operation} does not take ${contentType}`))(body);
  }

  /** Fails unless the answer has a status, a content type and a body that the description has for the operation. */
  assertAnswer(operation: string, { status, headers, text }: Reply): void {
    const { responses } = this.#operation(operation);
    const response = responses[status] ?? responses[`${String(status).charAt(0)}XX`];
    const context = `${operation}: ${status} ${headers['content-type'] ?? 'without a type'} ${text.slice(0, 300)}`;
    const [contentType = ''] = (headers['content-type'] ?? '').split(';');
    const content = this.#resolved(response ?? assert.fail(`${context}: no such status`)).content ?? {};
    const { schema } = content[contentType] ?? assert.fail(`${context}: no such content type`);
    const isValid = this.#validator(schema);
    const body: unknown = contentType.endsWith('json') ? JSON.parse(text) : text;
    assert.ok(isValid(body), `${context}: ${this.#ajv.errorsText(isValid.errors)}`);
  }

  #operation(operation: string): Operation {
    const [method = '', at = ''] = operation.split(' ');
    return this.#document.paths[at]?.[method.toLowerCase()] ?? assert.fail(`${operation} is not described`);
  }

  #resolved<T extends object>(part: Referable<T>): T {
    if (!('$ref' in part)) return part;
    const [, , kind = '', name = ''] = part.$ref.split('/');
    return this.#document.components[kind]?.[name] as T;
  }

  #validator(schema: object): ValidateFunction {
    // References are within the document, and ajv knows it by an id.
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"described#/components/');
    const known = this.#validators.get(text);
    if (known) return known;
    const made = this.#ajv.compile(JSON.parse(text) as object);
    this.#validators.set(text, made);
    return made;
  }
}
