import { expect } from 'vitest';
import { isCovered } from '#core/time/intervals.ts';
import type { Browser } from './browser.ts';
import { cachedLines, trueLines } from './cache-truth.ts';

const LAST_HOUR_MS = 3_540_000;
/** A poll, a tick and a bucket may be on their way. */
const ON_THE_WAY_MS = 3_000;

/** What the cache holds equals what the server says, wherever the cache claims to be complete. */
export async function expectTruth(browser: Browser): Promise<void> {
  const { lines, coverage } = await cachedLines(browser.store);
  expect(lines).toEqual(trueLines(browser.server.store, coverage));
}

/** The cache claims the last hour, up to the newest closed bucket. */
export async function expectCovered(browser: Browser): Promise<void> {
  const { coverage } = await cachedLines(browser.store);
  const toMs = Math.floor((browser.server.nowMs - ON_THE_WAY_MS) / 5_000) * 5_000;
  expect(isCovered(coverage, { fromMs: toMs - LAST_HOUR_MS, toMs })).toBe(true);
}
