import type { Chunk } from '../rollup/chunk.ts';
import type { Window } from './window.ts';

/** One column per measure; integers in doubles. */
interface Sums {
  readonly calls: Float64Array;
  readonly tokens: Float64Array;
  readonly costMicroUsd: Float64Array;
  readonly latencyMsSum: Float64Array;
}

/** What a slice used during a span, added up both ways. */
export interface WindowSums {
  readonly span: Window;
  readonly bucketMs: number;
  /** By bucket number from the start of the span. */
  readonly byBucket: Sums;
  /** By series id. */
  readonly bySeries: Sums;
  /** By `series id * buckets + bucket number`. */
  readonly cells: Pick<Sums, 'calls' | 'tokens' | 'costMicroUsd'>;
}

/**
 * Adds up the rows of the chunks that lie inside the span.
 * @param slice one flag per series id; rows of others do not count
 */
export function sumWindow(chunks: readonly Chunk[], span: Window, slice: Uint8Array): WindowSums {
  const { bucketMs } = span;
  const buckets = (span.toMs - span.fromMs) / bucketMs;
  const byBucket = emptySums(buckets);
  const bySeries = emptySums(slice.length);
  const cells = {
    calls: new Float64Array(buckets * slice.length),
    tokens: new Float64Array(buckets * slice.length),
    costMicroUsd: new Float64Array(buckets * slice.length),
  };
  for (const { rows, fromMs, toMs } of chunks) {
    if (fromMs >= span.toMs || toMs <= span.fromMs) continue;
    for (let i = 0; i < rows.length; i++) {
      const bucket = Math.floor(((rows.bucketStartMs[i] ?? 0) - span.fromMs) / bucketMs);
      const series = rows.series[i] ?? 0;
      if (bucket < 0 || bucket >= buckets || slice[series] !== 1) continue;
      const calls = rows.calls[i] ?? 0;
      const tokens = rows.tokens[i] ?? 0;
      const cost = rows.costMicroUsd[i] ?? 0;
      addTo(byBucket, bucket, calls, tokens, cost, rows.latencyMsSum[i] ?? 0);
      addTo(bySeries, series, calls, tokens, cost, rows.latencyMsSum[i] ?? 0);
      const cell = series * buckets + bucket;
      cells.calls[cell] = (cells.calls[cell] ?? 0) + calls;
      cells.tokens[cell] = (cells.tokens[cell] ?? 0) + tokens;
      cells.costMicroUsd[cell] = (cells.costMicroUsd[cell] ?? 0) + cost;
    }
  }
  return { span, bucketMs, byBucket, bySeries, cells };
}

export function total(column: Float64Array): number {
  let sum = 0;
  for (const value of column) sum += value;
  return sum;
}

function emptySums(length: number): Sums {
  return {
    calls: new Float64Array(length),
    tokens: new Float64Array(length),
    costMicroUsd: new Float64Array(length),
    latencyMsSum: new Float64Array(length),
  };
}

function addTo(
  sums: Sums,
  at: number,
  calls: number,
  tokens: number,
  cost: number,
  latency: number,
): void {
  sums.calls[at] = (sums.calls[at] ?? 0) + calls;
  sums.tokens[at] = (sums.tokens[at] ?? 0) + tokens;
  sums.costMicroUsd[at] = (sums.costMicroUsd[at] ?? 0) + cost;
  sums.latencyMsSum[at] = (sums.latencyMsSum[at] ?? 0) + latency;
}
