import type { Chunk } from '../rollup/chunk.ts';
import { clipTo, type IntervalSet } from '../time/intervals.ts';
import { ceilTo, FINEST_MS } from '../time/resolution.ts';
import type { SpendRate } from './frame.ts';

const RATE_WINDOW_MS = 60_000;
/** Below this, a rate would be a guess. */
const LEAST_COVERED_MS = 15_000;
const MS_PER_HOUR = 3_600_000;
const MICRO_USD_PER_USD = 1e6;

/**
 * US dollars per hour over the last 60 s (or the last bucket, if that is longer) before `toMs`, from the first whole bucket of it on: 55 to 60 s,
 * which count as the whole window when they are known whole.
 * @param chunks may end with one that is still being filled, complete up to its end
 * @param slice one flag per series id
 * @param resolutionMs of the chunks
 */
export function spendRate(
  chunks: readonly Chunk[],
  coverage: IntervalSet,
  toMs: number,
  slice: Uint8Array,
  resolutionMs: number = FINEST_MS,
): SpendRate {
  const windowMs = Math.max(RATE_WINDOW_MS, resolutionMs);
  const fromMs = ceilTo(toMs - windowMs, resolutionMs);
  const known = clipTo(coverage, { fromMs, toMs });
  const coveredMs = known.reduce((sum, one) => sum + one.toMs - one.fromMs, 0);
  if (coveredMs < LEAST_COVERED_MS) {
    return { windowMs, coveredMs, usdPerHour: null };
  }
  const usd = costIn(chunks, fromMs, toMs, slice) / MICRO_USD_PER_USD;
  const isWhole = coveredMs === toMs - fromMs;
  return {
    windowMs,
    coveredMs: isWhole ? windowMs : coveredMs,
    usdPerHour: usd * (MS_PER_HOUR / coveredMs),
  };
}

function costIn(chunks: readonly Chunk[], fromMs: number, toMs: number, slice: Uint8Array): number {
  let microUsd = 0;
  for (const { rows, ...span } of chunks) {
    if (span.toMs <= fromMs || span.fromMs >= toMs) continue;
    for (let i = 0; i < rows.length; i++) {
      const atMs = rows.bucketStartMs[i] ?? 0;
      const isCounted = atMs >= fromMs && atMs < toMs && slice[rows.series[i] ?? 0] === 1;
      if (isCounted) microUsd += rows.costMicroUsd[i] ?? 0;
    }
  }
  return microUsd;
}
