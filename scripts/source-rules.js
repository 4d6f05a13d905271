import { Visitor, parseSync } from 'vite';

// Rules of the house for which the linter has none.
const MAX_LINES = 300;
const VAGUE_NAME = /(^|[-./])(utils?|helpers?)([-./]|$)/;
const TEST_CODE = /\.(test|spec)\.tsx?$|^e2e\/|\/testing\//;
const CLOCKLESS = /^(core|app\/worker)\/(?!environment\.ts$)/;
const SUPPRESSION = /(oxlint|eslint)-disable|@ts-(ignore|nocheck|expect-error)/;
const TEST_FUNCTIONS = new Set(['describe', 'it', 'test']);
const NOT_RUN = new Set(['skip', 'skipIf', 'runIf', 'only', 'todo', 'fixme', 'fails', 'fail']);

/** @typedef {{ offset: number, what: string }} Problem */
/** @typedef {import('vite').ParseResult} Parsed */

/** @param {Parsed} parsed @returns {Problem[]} */
function barrelProblems({ program }) {
  const isBarrel = program.body.every(
    (node) =>
      node.type === 'ExportAllDeclaration' ||
      (node.type === 'ExportNamedDeclaration' && node.source !== null),
  );
  if (!isBarrel || program.body.length === 0) return [];
  return [{ offset: 0, what: 'only passes on what other files export' }];
}

/** @param {Parsed} parsed @returns {Problem[]} */
function suppressionProblems({ comments }) {
  return comments
    .filter(({ value }) => SUPPRESSION.test(value) && !/ -- \S/.test(value))
    .map(({ start }) => ({ offset: start, what: 'suppresses a check without ` -- reason`' }));
}

/**
 * @param {Parsed} parsed
 * @param {(offset: number) => boolean} hasCommentOnLine
 * @returns {Problem[]}
 */
function castProblems({ program }, hasCommentOnLine) {
  /** @type {Problem[]} */
  const problems = [];
  new Visitor({
    TSAsExpression({ typeAnnotation: type, end }) {
      const isConst =
        type.type === 'TSTypeReference' &&
        type.typeName.type === 'Identifier' &&
        type.typeName.name === 'const';
      if (isConst || hasCommentOnLine(type.start) || hasCommentOnLine(end)) return;
      problems.push({ offset: type.start, what: 'a cast without a reason on its line' });
    },
    TSTypeAssertion({ start }) {
      problems.push({ offset: start, what: 'a cast in angle brackets' });
    },
  }).visit(program);
  return problems;
}

/** @param {Parsed} parsed @returns {Problem[]} */
function clockProblems({ program }) {
  /** @type {Problem[]} */
  const problems = [];
  new Visitor({
    NewExpression({ callee, arguments: given, start }) {
      if (callee.type !== 'Identifier' || callee.name !== 'Date' || given.length > 0) return;
      problems.push({ offset: start, what: '`new Date()` reads the clock: pass the time in' });
    },
  }).visit(program);
  return problems;
}

/** @param {Parsed} parsed @returns {Problem[]} */
function unrunTestProblems({ program }) {
  /** @type {Problem[]} */
  const problems = [];
  new Visitor({
    MemberExpression({ object, property, start }) {
      if (object.type !== 'Identifier' || property.type !== 'Identifier') return;
      if (!TEST_FUNCTIONS.has(object.name) || !NOT_RUN.has(property.name)) return;
      problems.push({ offset: start, what: `${object.name}.${property.name} leaves tests out` });
    },
  }).visit(program);
  return problems;
}

/**
 * @param {string} path
 * @param {string} text
 * @param {(offset: number) => number} lineOf
 * @returns {Problem[]}
 */
function syntaxProblems(path, text, lineOf) {
  const parsed = parseSync(path, text);
  if (TEST_CODE.test(path)) return unrunTestProblems(parsed);
  const commentLines = new Set(parsed.comments.map((comment) => lineOf(comment.start)));
  return [
    ...barrelProblems(parsed),
    ...suppressionProblems(parsed),
    ...castProblems(parsed, (offset) => commentLines.has(lineOf(offset))),
    ...(CLOCKLESS.test(path) ? clockProblems(parsed) : []),
  ];
}

/**
 * What is wrong with one source file.
 * @param {string} path below the root, with `/`
 * @param {string} text
 * @returns {string[]} one line each, `path:line: what`
 */
export function sourceProblems(path, text) {
  const lineOf = (/** @type {number} */ offset) => text.slice(0, offset).split('\n').length;
  const problems = path.endsWith('.css') ? [] : syntaxProblems(path, text, lineOf);
  if (VAGUE_NAME.test(path)) problems.push({ offset: 0, what: 'a name that says nothing' });
  if (lineOf(text.trimEnd().length) > MAX_LINES) {
    problems.push({ offset: text.length, what: `more than ${MAX_LINES} lines` });
  }
  return problems.map(({ offset, what }) => `${path}:${lineOf(offset)}: ${what}`);
}
