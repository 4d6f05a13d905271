import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { isExecutable } from './executable.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** For tests and benchmarks: nothing of its own goes out to the network, and root may start it. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Path of the browser for tests and benchmarks: `CHROMIUM_PATH`, then the system's, then Playwright's own.
 * @param {Record<string, string | undefined>} env
 * @param {string} playwrightsOwn where Playwright keeps its browser, whether or not it is there
 * @throws {Error} one line that says how to get one.
 * @returns {string}
 */
export function findChromium(env = process.env, playwrightsOwn = chromium.executablePath()) {
  const named = env['CHROMIUM_PATH'];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which is not an executable file.`);
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [...candidates, playwrightsOwn].find(isExecutable);
  if (found) return found;
  throw new Error(
    'No Chromium found: install the package `chromium`, run `npx playwright install chromium`, or set CHROMIUM_PATH.',
  );
}
