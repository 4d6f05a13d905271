import type { Interval } from '../time/intervals.ts';
import type { RollupRows } from './rollup.ts';

/** The rows of a complete stretch of time: a bucket without rows was not used. */
export interface Chunk extends Interval {
  readonly rows: RollupRows;
}

/** The part of `rows` whose buckets start inside `span`; shares memory with it. */
export function rowsWithin(rows: RollupRows, span: Interval): RollupRows {
  const from = firstAtOrAfter(rows.bucketStartMs, span.fromMs);
  const to = firstAtOrAfter(rows.bucketStartMs, span.toMs);
  return {
    length: to - from,
    bucketStartMs: rows.bucketStartMs.subarray(from, to),
    series: rows.series.subarray(from, to),
    calls: rows.calls.subarray(from, to),
    tokens: rows.tokens.subarray(from, to),
    costMicroUsd: rows.costMicroUsd.subarray(from, to),
    latencyMsSum: rows.latencyMsSum.subarray(from, to),
  };
}

function firstAtOrAfter(ascending: Float64Array, wanted: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
