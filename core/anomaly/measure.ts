import type { Rollup } from '../rollup/rollup.ts';

/** What is watched of each group of series. */
export const WATCHED = ['spend', 'tokens', 'calls', 'latency', 'unitCost'] as const;
export type Watched = (typeof WATCHED)[number];

/** A mean over fewer calls says little. */
const LEAST_CALLS = 5;
const TOKENS_PER_UNIT = 1_000;

/** The amounts of a rollup, to be added to. */
export type Sums = { -readonly [Measure in keyof Rollup]: number };

export function emptySums(): Sums {
  return { calls: 0, tokens: 0, costMicroUsd: 0, latencyMsSum: 0 };
}

/**
 * Spend in micro-dollars, tokens, calls, mean latency in ms, or micro-dollars per 1,000 tokens; null where a mean is of too
 * few calls to say anything.
 */
export function measured(what: Watched, sums: Rollup): number | null {
  switch (what) {
    case 'spend':
      return sums.costMicroUsd;
    case 'tokens':
      return sums.tokens;
    case 'calls':
      return sums.calls;
    case 'latency':
      return sums.calls < LEAST_CALLS ? null : sums.latencyMsSum / sums.calls;
    case 'unitCost':
      return sums.calls < LEAST_CALLS || sums.tokens === 0
        ? null
        : (sums.costMicroUsd / sums.tokens) * TOKENS_PER_UNIT;
  }
}
