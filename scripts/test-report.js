import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed everything that was not run to a good end, skipped tests included
 * @property {string[]} complaints one line for each that failed, or passed on a second try only
 */

/**
 * @param {string} complaint
 * @returns {Tally} of one failure
 */
export function failure(complaint) {
  return { passed: 0, failed: 1, complaints: [complaint] };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A list of objects in a report.
 * @param {unknown} owner
 * @param {string} key
 * @returns {Record<string, unknown>[]}
 * @throws {TypeError} when the report has another shape
 */
function listOf(owner, key) {
  const list = isRecord(owner) ? owner[key] : undefined;
  if (!Array.isArray(list) || !list.every(isRecord)) throw new TypeError(`no list "${key}"`);
  return list;
}

/** A browser of the machine may hang once; what needs a second try more often is broken. */
const FLAKY_ALLOWED = 2;

/**
 * @param {{ status: unknown, name: string }[]} tests
 * @param {string} good the status of a test that passed
 * @returns {Tally} tests that passed on a second try are told of, and fail if there are too many
 */
function tallyOf(tests, good) {
  const flaky = tests.filter(({ status }) => status === 'flaky');
  const bad = tests.filter(({ status }) => status !== good && status !== 'flaky');
  const failed = bad.length + (flaky.length > FLAKY_ALLOWED ? flaky.length : 0);
  return {
    passed: tests.length - failed,
    failed,
    complaints: [...bad, ...flaky].map((test) => `${test.status}: ${test.name}`),
  };
}

/**
 * Counts the JSON report of vitest. A file that failed without a failed test, say on loading, counts as one.
 * @param {unknown} report
 * @returns {Tally}
 * @throws {TypeError} when the report has another shape
 */
export function tallyVitest(report) {
  const tests = listOf(report, 'testResults').flatMap((file) => {
    const name = String(file['name']);
    const results = listOf(file, 'assertionResults').map((result) => ({
      status: result['status'],
      name: `${name}: ${result['fullName']}`,
    }));
    const isExplained = results.some((result) => result.status !== 'passed');
    if (file['status'] === 'passed' || isExplained) return results;
    return results.concat({ status: file['status'], name });
  });
  return tallyOf(tests, 'passed');
}

/**
 * @param {Record<string, unknown>} suite
 * @returns {{ status: unknown, name: string }[]}
 */
function testsOfSuite(suite) {
  const specs = 'specs' in suite ? listOf(suite, 'specs') : [];
  const suites = 'suites' in suite ? listOf(suite, 'suites') : [];
  const own = specs.flatMap((spec) =>
    listOf(spec, 'tests').map((test) => ({
      status: test['status'],
      name: `${spec['file']}: ${spec['title']}`,
    })),
  );
  return [...own, ...suites.flatMap(testsOfSuite)];
}

/**
 * Counts the JSON report of Playwright; an error outside of any test counts as one.
 * @param {unknown} report
 * @returns {Tally}
 * @throws {TypeError} when the report has another shape
 */
export function tallyPlaywright(report) {
  const errors = listOf(report, 'errors').map((error) => ({
    status: 'error',
    name: String(error['message']).split('\n')[0] ?? '',
  }));
  const tests = listOf(report, 'suites').flatMap(testsOfSuite);
  return tallyOf([...tests, ...errors], 'expected');
}

/**
 * Reads and counts a runner's report. Never good without proof: no report, no tests, or a bad exit without a
 * failed test count as one failure.
 * @param {string} path
 * @param {(report: unknown) => Tally} tally
 * @param {number} exitCode of the runner
 * @returns {Tally}
 */
export function readTally(path, tally, exitCode) {
  let counted;
  try {
    counted = tally(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure(`no readable report: ${reason}`);
  }
  if (counted.failed > 0) return counted;
  if (exitCode !== 0) {
    const complaint = `the runner ended with code ${exitCode} without a failed test`;
    return { ...failure(complaint), passed: counted.passed };
  }
  return counted.passed > 0 ? counted : failure('the runner found no test');
}
