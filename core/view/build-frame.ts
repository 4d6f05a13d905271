import type { Chunk } from '../rollup/chunk.ts';
import {
  addInterval,
  clipTo,
  type Interval,
  type IntervalSet,
  isCovered,
} from '../time/intervals.ts';
import { FINEST_MS, floorTo } from '../time/resolution.ts';
import type { Frame, SpendRate, TokenSeries } from './frame.ts';

/** Length of the live window, ms. */
export const WINDOW_MS = 300_000;

const RATE_WINDOW_MS = 60_000;
/** Below this, a rate would be a guess. */
const LEAST_RATE_COVERAGE_MS = 15_000;
const MS_PER_HOUR = 3_600_000;
const MICRO_USD_PER_USD = 1e6;

export interface FrameInputs {
  readonly number: number;
  readonly epoch: string;
  readonly playheadMs: number;
  /** Disjoint, at 5 s; what no chunk spans is not known. */
  readonly chunks: readonly Chunk[];
}

/** The span of buckets that a playhead shows: those that ended at or before it. */
export function windowAt(playheadMs: number): Interval {
  const toMs = floorTo(playheadMs + 1, FINEST_MS);
  return { fromMs: toMs - WINDOW_MS, toMs };
}

/** Whether everything that a playhead shows is known. */
export function isWindowKnown(chunks: readonly Chunk[], playheadMs: number): boolean {
  return isCovered(coverageOf(chunks), windowAt(playheadMs));
}

export function buildFrame(inputs: FrameInputs): Frame {
  const window = windowAt(inputs.playheadMs);
  const covered = clipTo(coverageOf(inputs.chunks), window);
  const totals = totalsByBucket(inputs.chunks, window);
  return {
    number: inputs.number,
    epoch: inputs.epoch,
    playheadMs: inputs.playheadMs,
    asOfMs: covered.at(-1)?.toMs ?? null,
    spendRate: spendRate(covered, totals, window.toMs),
    tokenSeries: tokenSeries(covered, totals, window),
  };
}

function coverageOf(chunks: readonly Chunk[]): IntervalSet {
  return chunks.reduce<IntervalSet>(addInterval, []);
}

interface BucketTotals {
  readonly tokens: Float64Array;
  readonly costMicroUsd: Float64Array;
  readonly fromMs: number;
}

function totalsByBucket(chunks: readonly Chunk[], window: Interval): BucketTotals {
  const size = (window.toMs - window.fromMs) / FINEST_MS;
  const tokens = new Float64Array(size);
  const costMicroUsd = new Float64Array(size);
  for (const { rows, fromMs, toMs } of chunks) {
    if (fromMs >= window.toMs || toMs <= window.fromMs) continue;
    for (let i = 0; i < rows.length; i++) {
      const bucket = ((rows.bucketStartMs[i] ?? 0) - window.fromMs) / FINEST_MS;
      if (bucket < 0 || bucket >= size) continue;
      tokens[bucket] = (tokens[bucket] ?? 0) + (rows.tokens[i] ?? 0);
      costMicroUsd[bucket] = (costMicroUsd[bucket] ?? 0) + (rows.costMicroUsd[i] ?? 0);
    }
  }
  return { tokens, costMicroUsd, fromMs: window.fromMs };
}

function spendRate(covered: IntervalSet, totals: BucketTotals, toMs: number): SpendRate {
  const known = clipTo(covered, { fromMs: toMs - RATE_WINDOW_MS, toMs });
  const coveredMs = known.reduce((sum, one) => sum + one.toMs - one.fromMs, 0);
  if (coveredMs < LEAST_RATE_COVERAGE_MS) {
    return { windowMs: RATE_WINDOW_MS, coveredMs, usdPerHour: null };
  }
  let microUsd = 0;
  for (const one of known) {
    for (let atMs = one.fromMs; atMs < one.toMs; atMs += FINEST_MS) {
      microUsd += totals.costMicroUsd[(atMs - totals.fromMs) / FINEST_MS] ?? 0;
    }
  }
  const usdPerHour = (microUsd / MICRO_USD_PER_USD) * (MS_PER_HOUR / coveredMs);
  return { windowMs: RATE_WINDOW_MS, coveredMs, usdPerHour };
}

function tokenSeries(covered: IntervalSet, totals: BucketTotals, window: Interval): TokenSeries {
  const tokens = Array.from(totals.tokens, (value, i) => {
    const fromMs = window.fromMs + i * FINEST_MS;
    return isCovered(covered, { fromMs, toMs: fromMs + FINEST_MS }) ? value : null;
  });
  return { fromMs: window.fromMs, resolutionMs: FINEST_MS, tokens };
}
