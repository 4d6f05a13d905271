import { expect } from 'vitest';
import { NOTHING_CROWDED_OUT, requiredAt } from '#core/live/history-plan.ts';
import { isCovered } from '#core/time/intervals.ts';
import { RESOLUTION_MS, RESOLUTIONS } from '#core/time/resolution.ts';
import type { Browser } from './browser.ts';
import { cachedLines, trueLines } from './cache-truth.ts';

/** A poll, a tick and a bucket may be on their way. */
const ON_THE_WAY_MS = 8_000;

/** What the cache holds equals what the server says, at every resolution, wherever it claims to be complete. */
export async function expectTruth(browser: Browser): Promise<void> {
  for (const resolution of RESOLUTIONS) {
    const { lines, coverage } = await cachedLines(browser.store, resolution);
    expect(lines, resolution).toEqual(trueLines(browser.server.store, coverage, resolution));
  }
}

/** The cache claims all that is required, up to what may be on its way. */
export async function expectCovered(browser: Browser): Promise<void> {
  const nowMs = browser.server.nowMs;
  for (const stretch of requiredAt(nowMs - ON_THE_WAY_MS, NOTHING_CROWDED_OUT)) {
    const { coverage } = await cachedLines(browser.store, stretch.resolution);
    // What is required moves on by a bucket while the last one is on its way.
    const fromMs = stretch.fromMs + RESOLUTION_MS[stretch.resolution] + ON_THE_WAY_MS;
    expect(isCovered(coverage, { fromMs, toMs: stretch.toMs }), stretch.resolution).toBe(true);
  }
}
