/**
 * What was used in one bucket by one series: four integers, fixed once per update by the source and
 * only ever added. Merging is associative and commutative.
 */
export interface Rollup {
  readonly calls: number;
  readonly tokens: number;
  readonly costMicroUsd: number;
  readonly latencyMsSum: number;
}

/** The measures of a rollup, in the order in which they are stored and sent. */
export const MEASURES = ['calls', 'tokens', 'costMicroUsd', 'latencyMsSum'] as const;

export const NOTHING: Rollup = { calls: 0, tokens: 0, costMicroUsd: 0, latencyMsSum: 0 };

export function mergeRollups(a: Rollup, b: Rollup): Rollup {
  return {
    calls: a.calls + b.calls,
    tokens: a.tokens + b.tokens,
    costMicroUsd: a.costMicroUsd + b.costMicroUsd,
    latencyMsSum: a.latencyMsSum + b.latencyMsSum,
  };
}

/**
 * Rollups as parallel columns, one row per (bucket, series) that was used, ascending by bucket start
 * and then by series id. Numbers are integers held in doubles (exact to 2^53).
 */
export interface RollupRows {
  readonly length: number;
  readonly bucketStartMs: Float64Array;
  readonly series: Uint32Array;
  readonly calls: Float64Array;
  readonly tokens: Float64Array;
  readonly costMicroUsd: Float64Array;
  readonly latencyMsSum: Float64Array;
}
