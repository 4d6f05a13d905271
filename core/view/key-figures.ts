import { type IntervalSet, isCovered } from '../time/intervals.ts';
import { coveredParts, trendOf } from './coverage-flags.ts';
import type { Figure, KeyFigures } from './frame.ts';
import { type SeriesGroups, sumByGroup } from './series-groups.ts';
import { total, type WindowSums } from './window-sums.ts';

const MICRO_USD_PER_USD = 1e6;
const MS_PER_SECOND = 1_000;

/** The same quantity of the window, of the window before, and of each bucket. */
interface Inputs {
  readonly window: WindowSums;
  readonly before: WindowSums;
  readonly coverage: IntervalSet;
  /** How much of the window is known, ms. */
  readonly coveredMs: number;
  readonly customers: SeriesGroups;
}

/** The headline numbers; sums are over the known part of the window, rates per second of it. */
export function keyFigures(inputs: Inputs): KeyFigures {
  const perSecond = (sums: WindowSums, spanMs: number, column: 'tokens' | 'calls') =>
    spanMs === 0 ? null : total(sums.byBucket[column]) / (spanMs / MS_PER_SECOND);
  const { bucketMs } = inputs.window;
  const { tokens, calls, costMicroUsd } = inputs.window.byBucket;
  const rate = (column: 'tokens' | 'calls', values: Float64Array) =>
    figure(
      inputs,
      (sums, spanMs) => perSecond(sums, spanMs, column),
      values.map((value) => value / (bucketMs / MS_PER_SECOND)),
    );
  return {
    spendUsd: figure(
      inputs,
      (sums, spanMs) =>
        spanMs === 0 ? null : total(sums.byBucket.costMicroUsd) / MICRO_USD_PER_USD,
      costMicroUsd.map((value) => value / MICRO_USD_PER_USD),
    ),
    tokensPerSecond: rate('tokens', tokens),
    callsPerSecond: rate('calls', calls),
    meanLatencyMs: latency(inputs),
    activeCustomers: figure(
      inputs,
      (sums, spanMs) => (spanMs === 0 ? null : activeIn(sums, inputs.customers)),
      activePerBucket(inputs.window, inputs.customers),
    ),
  };
}

function figure(
  inputs: Inputs,
  valueOf: (sums: WindowSums, knownMs: number) => number | null,
  perBucket: ArrayLike<number>,
): Figure {
  const { window, before, coverage, coveredMs } = inputs;
  const beforeMs = before.span.toMs - before.span.fromMs;
  const isKnown = coveredParts(coverage, window.span, perBucket.length);
  return {
    value: valueOf(window, coveredMs),
    before: isCovered(coverage, before.span) ? valueOf(before, beforeMs) : null,
    trend: trendOf(perBucket, isKnown),
  };
}

function latency(inputs: Inputs): Figure {
  const { calls, latencyMsSum } = inputs.window.byBucket;
  const mean = (sum: number, count: number) => (count === 0 ? null : sum / count);
  const whole = figure(
    inputs,
    (sums) => mean(total(sums.byBucket.latencyMsSum), total(sums.byBucket.calls)),
    calls,
  );
  // Without calls there is no latency, which is not a latency of zero.
  const trend = whole.trend.map((count, i) =>
    count === null ? null : mean(latencyMsSum[i] ?? 0, count),
  );
  return { ...whole, trend };
}

function activeIn(sums: WindowSums, customers: SeriesGroups): number {
  return sumByGroup(sums.bySeries.calls, customers).filter((calls) => calls > 0).length;
}

function activePerBucket(sums: WindowSums, customers: SeriesGroups): Float64Array {
  const buckets = sums.byBucket.calls.length;
  const seen = new Uint8Array(customers.keys.length * buckets);
  const active = new Float64Array(buckets);
  const { calls } = sums.cells;
  for (let id = 0; id < customers.groupOf.length; id++) {
    for (let bucket = 0; bucket < buckets; bucket++) {
      const at = (customers.groupOf[id] ?? 0) * buckets + bucket;
      if (seen[at] === 1 || (calls[id * buckets + bucket] ?? 0) === 0) continue;
      seen[at] = 1;
      active[bucket] = (active[bucket] ?? 0) + 1;
    }
  }
  return active;
}
