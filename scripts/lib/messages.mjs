import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * @typedef {object} Message One call of `t`, for one of the texts that it may say.
 * @property {string} text The English text, which is its key in l10n/.
 * @property {string} place Where it is said: file:line, the file below the root with forward slashes.
 * @property {string[] | undefined} values Names of the values that go along; undefined where the call does not spell them out.
 */

/**
 * @typedef {object} Extraction
 * @property {Message[]} messages In the order of the source.
 * @property {{ place: string, why: string }[]} unresolved What a translator could miss: file:line and the reason.
 */

/**
 * The messages of every .ts file below `folder`: first arguments of calls of `t`, whoever holds it (`t(…)`,
 * `this.t(…)`, `language.t(…)`).
 *
 * @param {string} root The project's folder: places are relative to it.
 * @param {string} folder Below the root, as 'src'.
 * @returns {Extraction}
 */
export function extractMessages(root, folder) {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')))
    .sort();
  const found = files.map((file) => messagesOf(file, readFileSync(path.join(root, file), 'utf8')));
  return {
    messages: found.flatMap(({ messages }) => messages),
    unresolved: found.flatMap(({ unresolved }) => unresolved),
  };
}

/**
 * The messages of one source text.
 *
 * @param {string} file Its name, as places shall have it.
 * @param {string} source
 * @returns {Extraction}
 */
export function messagesOf(file, source) {
  const sourceFile = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  /** @type {Extraction} */
  const extraction = { messages: [], unresolved: [] };
  const visit = (node) => {
    const place = `${file}:${sourceFile.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isCallExpression(node) && isTranslate(node.expression)) readCall(node, place, extraction);
    if (isRenamed(node)) {
      extraction.unresolved.push({
        place,
        why: 'Translate goes by another name than t here, so its calls are not seen.',
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return extraction;
}

/** The names between braces, each once, sorted: what a translation must have as well. */
export function placeholdersOf(text) {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
}

function readCall(call, place, { messages, unresolved }) {
  const [message, values] = call.arguments;
  const texts = message && textsOf(message);
  if (!texts) {
    unresolved.push({ place, why: `The text of t(${message?.getText() ?? ''}) is not written out.` });
    return;
  }
  const names = valueNames(values);
  messages.push(...texts.map((text) => ({ text, place, values: names })));
}

/** Every text that an expression may give, or undefined where that cannot be read from the expression alone. */
function textsOf(expression) {
  const bare = ts.skipOuterExpressions(expression);
  if (ts.isStringLiteralLike(bare)) return [bare.text];
  if (ts.isConditionalExpression(bare)) return joined(bare.whenTrue, bare.whenFalse);
  if (ts.isElementAccessExpression(bare)) {
    const table = ts.skipOuterExpressions(bare.expression);
    if (!ts.isObjectLiteralExpression(table) || !table.properties.every(ts.isPropertyAssignment)) return undefined;
    return joined(...table.properties.map(({ initializer }) => initializer));
  }
  return undefined;
}

function joined(...expressions) {
  const each = expressions.map(textsOf);
  return each.every((texts) => texts !== undefined) ? each.flat() : undefined;
}

function valueNames(values) {
  if (values === undefined) return [];
  if (!ts.isObjectLiteralExpression(values)) return undefined;
  const names = values.properties.map(({ name }) => name && ts.isIdentifier(name) && name.text);
  return names.every((name) => typeof name === 'string') ? names.sort() : undefined;
}

function isTranslate(callee) {
  const bare = ts.skipOuterExpressions(callee);
  return (
    (ts.isIdentifier(bare) && bare.text === 't') || (ts.isPropertyAccessExpression(bare) && bare.name.text === 't')
  );
}

/** Calls are known by the name `t`: a Translate under another name would speak unheard. */
function isRenamed(node) {
  if (ts.isBindingElement(node)) return node.propertyName?.getText() === 't' && node.name.getText() !== 't';
  if (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isPropertyDeclaration(node)) {
    const given = node.initializer && isTranslate(node.initializer);
    return (given || node.type?.getText() === 'Translate') && node.name.getText() !== 't';
  }
  if (ts.isPropertySignature(node)) return node.type?.getText() === 'Translate' && node.name.getText() !== 't';
  return false;
}
