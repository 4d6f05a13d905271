import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './command.js';
import { installIfStale, isBuildStale } from './prepare.js';
import { hashOfSources } from './source-hash.js';
import { failure, readTally, tallyPlaywright, tallyVitest } from './test-report.js';

/** @typedef {import('./test-report.js').Tally} Tally */

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, '.reports', 'run');

/** Each step is the npm script of its name; they run in this order, whatever became of those before. */
const STEPS = {
  lint: check,
  'format:check': check,
  typecheck: check,
  unused: check,
  build: check,
  unit: runUnitTests,
  e2e: runBrowserTests,
};

/**
 * A script that has nothing worth reading to say unless it fails.
 * @param {string} script
 * @returns {Promise<Tally>}
 */
async function check(script) {
  const { code, output } = await runNpm(['run', '--silent', script], { cwd: root });
  if (code === 0) return { passed: 0, failed: 0, complaints: [] };
  console.log(output);
  return failure(`npm run ${script} ended with code ${code}`);
}

/**
 * @param {string} script
 * @returns {Promise<number>} the runner's exit code
 */
async function runTests(script) {
  const env = { REPORT_DIR: reports };
  const { code } = await runNpm(['run', '--silent', script], { cwd: root, env, show: true });
  return code;
}

/** @param {string} script */
async function runUnitTests(script) {
  const code = await runTests(script);
  return readTally(join(reports, 'vitest.json'), tallyVitest, code);
}

/** @param {string} script */
async function runBrowserTests(script) {
  if (isBuildStale(root, hashOfSources(root))) return failure('not run: there is no current build');
  const { findChromium } = await import('./find-chromium.js');
  try {
    findChromium();
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
  const code = await runTests(script);
  return readTally(join(reports, 'playwright.json'), tallyPlaywright, code);
}

/**
 * @param {[string, (script: string) => Promise<Tally>][]} steps
 * @returns {Promise<Tally>} the sum
 */
async function runSteps(steps) {
  const sum = { passed: 0, failed: 0, complaints: [''] };
  for (const [name, run] of steps) {
    console.log(`\n${name} ...`);
    const startMs = performance.now();
    const tally = await run(name);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    const outcome = tally.failed > 0 ? `${tally.failed} failed` : 'ok';
    sum.passed += tally.passed;
    sum.failed += tally.failed;
    sum.complaints.push(`${name}: ${outcome} (${seconds} s)`);
    sum.complaints.push(...tally.complaints.map((complaint) => `  ${complaint}`));
  }
  return sum;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(STEPS, name));
if (unknown.length > 0) {
  console.error(`No step ${unknown.join(', ')}: there are ${Object.keys(STEPS).join(', ')}.`);
  process.exit(1);
}

// A report left by an earlier run must not be counted.
rmSync(reports, { recursive: true, force: true });
const installed = await installIfStale(root);
const steps = Object.entries(STEPS).filter(([name]) => asked.length === 0 || asked.includes(name));
const sum = installed.ok ? await runSteps(steps) : failure(installed.reason);
for (const line of sum.complaints) console.log(line.replaceAll(root, ''));
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;
