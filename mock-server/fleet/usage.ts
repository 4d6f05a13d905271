/** Used amounts as parallel columns of whole numbers, one place per cell (a series in a stretch of time). */
export interface Usage {
  readonly calls: Float64Array;
  readonly tokens: Float64Array;
  readonly costMicroUsd: Float64Array;
  readonly latencyMsSum: Float64Array;
}

export function emptyUsage(cells: number): Usage {
  return {
    calls: new Float64Array(cells),
    tokens: new Float64Array(cells),
    costMicroUsd: new Float64Array(cells),
    latencyMsSum: new Float64Array(cells),
  };
}

/** One cell of every series: that of series s is `s * perSeries + offset`. */
export interface Cells {
  readonly usage: Usage;
  readonly perSeries: number;
  readonly offset: number;
}

/** How the usage of one cell falls on its parts; all columns are as long as there are parts. */
export interface Portions {
  /** Ticks that belong to the series: each has at least one call. A part without any gets nothing. */
  readonly turns: Float64Array;
  /** Weights by which the calls beyond one a turn are dealt; 0 where there are no turns. */
  readonly extraCalls: Float64Array;
  /** Relative tokens per call, above 0. */
  readonly tokensPerCall: Float64Array;
  /** Relative latency per call, above 0. */
  readonly latencyPerCall: Float64Array;
}

export function emptyPortions(parts: number): Portions {
  return {
    turns: new Float64Array(parts),
    extraCalls: new Float64Array(parts),
    tokensPerCall: new Float64Array(parts),
    latencyPerCall: new Float64Array(parts),
  };
}

/**
 * Deals what `whole` holds in cell `at` to the cells of `parts` from `first` on, losing nothing: every column of the
 * parts adds up to the whole, and a part without calls has nothing else either. Cost goes by tokens.
 */
export function splitUsage(
  whole: Usage,
  at: number,
  portions: Portions,
  parts: Usage,
  first: number,
): void {
  const { turns } = portions;
  const count = turns.length;
  const calls = parts.calls.subarray(first, first + count);
  const tokens = parts.tokens.subarray(first, first + count);
  const latency = parts.latencyMsSum.subarray(first, first + count);
  let sure = 0;
  for (let i = 0; i < count; i++) sure += turns[i] ?? 0;
  splitWhole((whole.calls[at] ?? 0) - sure, portions.extraCalls, calls);
  for (let i = 0; i < count; i++) {
    const here = (calls[i] ?? 0) + (turns[i] ?? 0);
    calls[i] = here;
    // Weights go where the shares will stand: a column is never needed as both.
    tokens[i] = here * (portions.tokensPerCall[i] ?? 0);
    latency[i] = here * (portions.latencyPerCall[i] ?? 0);
  }
  splitWhole(whole.tokens[at] ?? 0, tokens, tokens);
  splitWhole(whole.latencyMsSum[at] ?? 0, latency, latency);
  const cost = parts.costMicroUsd.subarray(first, first + count);
  splitWhole(whole.costMicroUsd[at] ?? 0, tokens, cost);
}

/**
 * Deals a whole number out in whole shares, by cumulative rounding: the shares add up to `total`, each is within 1 of
 * its exact size, and a weight of 0 gets 0.
 *
 * @param weights none below 0; not all 0 unless `total` is
 * @param shares as long as `weights`; may be the same array
 * @throws {RangeError} when there is something to deal and nobody to deal it to
 */
export function splitWhole(total: number, weights: Float64Array, shares: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] ?? 0;
  if (sum === 0 && total !== 0) throw new RangeError(`${total} to split, and no weight above 0`);
  let seen = 0;
  let dealt = 0;
  for (let i = 0; i < weights.length; i++) {
    seen += weights[i] ?? 0;
    // seen / sum is exactly 1 from the last weight on: added up in the same order, the two are the same number.
    const due = sum === 0 ? 0 : Math.round(total * (seen / sum));
    shares[i] = due - dealt;
    dealt = due;
  }
}
