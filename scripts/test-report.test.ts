import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTally, tallyPlaywright, tallyVitest } from './test-report.js';

/** One file of vitest's JSON report, with a test per status. */
function aVitestFile(status: string, ...statuses: string[]) {
  const assertionResults = statuses.map((each, n) => ({ fullName: `test ${n}`, status: each }));
  return { name: 'core/a.test.ts', status, assertionResults };
}

/** One spec of Playwright's JSON report, with one test. */
function aSpec(title: string, status: string) {
  return { title, file: 'live.spec.ts', tests: [{ status }] };
}

describe('counting the report of vitest', () => {
  it('O5 counts what passed and names what did not', () => {
    const report = {
      testResults: [aVitestFile('passed', 'passed', 'passed'), aVitestFile('failed', 'failed')],
    };
    expect(tallyVitest(report)).toEqual({
      passed: 2,
      failed: 1,
      complaints: ['failed: core/a.test.ts: test 0'],
    });
  });

  it('O6 a skipped test is a failure', () => {
    const report = { testResults: [aVitestFile('passed', 'passed', 'pending', 'todo')] };
    expect(tallyVitest(report)).toMatchObject({ passed: 1, failed: 2 });
  });

  it('O5 a file that could not be loaded is one failure', () => {
    expect(tallyVitest({ testResults: [aVitestFile('failed')] })).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });

  it('O5 a file that failed after its tests passed is one failure more', () => {
    const report = { testResults: [aVitestFile('failed', 'passed')] };
    expect(tallyVitest(report)).toMatchObject({ passed: 1, failed: 1 });
  });
});

describe('counting the report of Playwright', () => {
  it('O5 counts the tests of suites inside suites', () => {
    const inner = { specs: [aSpec('the badge waits', 'unexpected')] };
    const report = {
      errors: [],
      suites: [{ specs: [aSpec('numbers appear', 'expected')], suites: [inner] }],
    };
    expect(tallyPlaywright(report)).toEqual({
      passed: 1,
      failed: 1,
      complaints: ['unexpected: live.spec.ts: the badge waits'],
    });
  });

  it('O6 a skipped test is a failure', () => {
    const specs = [aSpec('a', 'skipped'), aSpec('b', 'expected')];
    expect(tallyPlaywright({ errors: [], suites: [{ specs }] })).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  it('O6 two tests may need a second try, and are told by name', () => {
    const specs = [aSpec('a', 'flaky'), aSpec('b', 'flaky'), aSpec('c', 'expected')];
    expect(tallyPlaywright({ errors: [], suites: [{ specs }] })).toEqual({
      passed: 3,
      failed: 0,
      complaints: ['flaky: live.spec.ts: a', 'flaky: live.spec.ts: b'],
    });
  });

  it('O6 three tests that need a second try are three failures', () => {
    const specs = ['a', 'b', 'c', 'd'].map((name) =>
      aSpec(name, name === 'd' ? 'expected' : 'flaky'),
    );
    expect(tallyPlaywright({ errors: [], suites: [{ specs }] })).toMatchObject({
      passed: 1,
      failed: 3,
    });
  });

  it('O5 an error outside of any test is a failure, told by its first line', () => {
    const report = { errors: [{ message: 'no such folder\n  at x' }], suites: [] };
    expect(tallyPlaywright(report)).toEqual({
      passed: 0,
      failed: 1,
      complaints: ['error: no such folder'],
    });
  });
});

describe('reading a report', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'report-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function tallyOfFile(content: string, exitCode: number) {
    const path = join(folder, 'report.json');
    writeFileSync(path, content);
    return readTally(path, tallyVitest, exitCode);
  }

  it('O5 takes a good report with a good exit', () => {
    const good = JSON.stringify({ testResults: [aVitestFile('passed', 'passed')] });
    expect(tallyOfFile(good, 0)).toEqual({ passed: 1, failed: 0, complaints: [] });
  });

  it('O5 a bad exit without a failed test is a failure', () => {
    const good = JSON.stringify({ testResults: [aVitestFile('passed', 'passed')] });
    expect(tallyOfFile(good, 137)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('O5 a bad exit that a failed test explains adds nothing', () => {
    const bad = JSON.stringify({ testResults: [aVitestFile('failed', 'failed')] });
    expect(tallyOfFile(bad, 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('O5 no report is a failure, whatever the exit', () => {
    const tally = readTally(join(folder, 'none.json'), tallyVitest, 0);
    expect(tally).toMatchObject({ passed: 0, failed: 1 });
  });

  it.each([
    ['a cut one', '{"testResults": ['],
    ['an empty one', ''],
    ['null', 'null'],
    ['one of another shape', '{"testResults": [{"status": "passed"}]}'],
    ['one with a list of texts', '{"testResults": ["passed"]}'],
    ['one without a test', '{"testResults": []}'],
  ])('O5 a broken report is a failure: %s', (_name, content) => {
    expect(tallyOfFile(content, 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});
