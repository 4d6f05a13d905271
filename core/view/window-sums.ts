import type { Chunk } from '../rollup/chunk.ts';
import { RESOLUTION_MS } from '../time/resolution.ts';
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
  /** Tokens by bucket of the window's resolution, which are several to a bucket of the span. */
  readonly finestTokens: Float64Array;
}

/**
 * Adds up the rows of the chunks that lie inside the span.
 * @param slice one flag per series id; rows of others do not count
 */
export function sumWindow(chunks: readonly Chunk[], span: Window, slice: Uint8Array): WindowSums {
  const { bucketMs } = span;
  const buckets = (span.toMs - span.fromMs) / bucketMs;
  const finestMs = RESOLUTION_MS[span.resolution];
  const finestPerBucket = bucketMs / finestMs;
  const finestTokens = new Float64Array(buckets * finestPerBucket);
  const byBucket = emptySums(buckets);
  const bySeries = emptySums(slice.length);
  const cells = {
    calls: new Float64Array(buckets * slice.length),
    tokens: new Float64Array(buckets * slice.length),
    costMicroUsd: new Float64Array(buckets * slice.length),
  };
  for (const { rows, fromMs, toMs } of chunks) {
    if (fromMs >= span.toMs || toMs <= span.fromMs) continue;
    // Rows ascend in time: where they lie is worked out once for all rows of an instant.
    let startMs = Number.NaN;
    let finest = -1;
    let bucket = -1;
    for (let i = 0; i < rows.length; i++) {
      if (rows.bucketStartMs[i] !== startMs) {
        startMs = rows.bucketStartMs[i] ?? 0;
        finest = Math.floor((startMs - span.fromMs) / finestMs);
        bucket = Math.floor(finest / finestPerBucket);
      }
      const series = rows.series[i] ?? 0;
      if (bucket < 0 || bucket >= buckets || slice[series] !== 1) continue;
      const calls = rows.calls[i] ?? 0;
      const tokens = rows.tokens[i] ?? 0;
      const cost = rows.costMicroUsd[i] ?? 0;
      addTo(byBucket, bucket, calls, tokens, cost, rows.latencyMsSum[i] ?? 0);
      addTo(bySeries, series, calls, tokens, cost, rows.latencyMsSum[i] ?? 0);
      finestTokens[finest] = (finestTokens[finest] ?? 0) + tokens;
      const cell = series * buckets + bucket;
      cells.calls[cell] = (cells.calls[cell] ?? 0) + calls;
      cells.tokens[cell] = (cells.tokens[cell] ?? 0) + tokens;
      cells.costMicroUsd[cell] = (cells.costMicroUsd[cell] ?? 0) + cost;
    }
  }
  return { span, bucketMs, byBucket, bySeries, cells, finestTokens };
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
