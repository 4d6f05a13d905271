/** What was used of one model. */
export interface ModelAmounts {
  readonly calls: number;
  readonly tokens: number;
  readonly costMicroUsd: number;
}

/** What a change of cost comes from, in whole micro-dollars; the four add up to the change. */
export interface Decomposition {
  /** More calls, or fewer. */
  readonly volume: number;
  /** More tokens a call. */
  readonly size: number;
  /** Tokens of other models than before. */
  readonly mix: number;
  /** Another price of the same model's tokens. */
  readonly price: number;
}

/** Four of these still add up exactly. */
const MOST_EXACT = 2 ** 51;

/**
 * Takes a change of cost apart, one factor after the other: cost = calls x tokens per call x mean price at the usual
 * mix, then the mix, then what is left: the prices.
 * @param usual by model; what would have been used
 * @param actual by model; a model that is not usual has its own price for usual
 */
export function decompose(
  usual: ReadonlyMap<string, ModelAmounts>,
  actual: ReadonlyMap<string, ModelAmounts>,
): Decomposition {
  const before = sumOf(usual.values());
  const after = sumOf(actual.values());
  const change = after.costMicroUsd - before.costMicroUsd;
  if (before.calls === 0 || before.tokens === 0 || after.calls === 0)
    return { volume: change, size: 0, mix: 0, price: 0 };
  const meanPrice = before.costMicroUsd / before.tokens;
  const callsRatio = after.calls / before.calls;
  let atUsualPrices = 0;
  for (const [model, amounts] of actual) {
    const known = usual.get(model);
    atUsualPrices +=
      known && known.tokens > 0
        ? amounts.tokens * (known.costMicroUsd / known.tokens)
        : amounts.costMicroUsd;
  }
  const volume = Math.round(before.costMicroUsd * (callsRatio - 1));
  const size = Math.round((after.tokens - before.tokens * callsRatio) * meanPrice);
  const mix = Math.round(atUsualPrices - after.tokens * meanPrice);
  const price = change - volume - size - mix;
  // Amounts out of all proportion would cancel out beyond what doubles hold exactly.
  const isExact = [volume, size, mix, price].every((one) => Math.abs(one) <= MOST_EXACT);
  return isExact ? { volume, size, mix, price } : { volume: change, size: 0, mix: 0, price: 0 };
}

function sumOf(amounts: Iterable<ModelAmounts>): ModelAmounts {
  const sum = { calls: 0, tokens: 0, costMicroUsd: 0 };
  for (const one of amounts) {
    sum.calls += one.calls;
    sum.tokens += one.tokens;
    sum.costMicroUsd += one.costMicroUsd;
  }
  return sum;
}
