import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idSchema } from '../wire/fields.ts';
import { PRICED_MODELS, PRICES, costMicroUsd } from './prices.ts';

describe('price table', () => {
  it('P1 holds six models or more, at whole micro-dollars per million tokens', () => {
    expect(PRICED_MODELS.length).toBeGreaterThanOrEqual(6);
    for (const model of PRICED_MODELS) {
      expect(idSchema.parse(model)).toBe(model);
      const { inputMicroUsdPerMillion, outputMicroUsdPerMillion } = PRICES[model];
      expect(Number.isSafeInteger(inputMicroUsdPerMillion)).toBe(true);
      expect(Number.isSafeInteger(outputMicroUsdPerMillion)).toBe(true);
      expect(inputMicroUsdPerMillion).toBeGreaterThan(0);
      expect(outputMicroUsdPerMillion).toBeGreaterThan(inputMicroUsdPerMillion);
    }
  });
});

describe('cost of tokens', () => {
  it('P2 is the list price of what went in and what came out', () => {
    expect(costMicroUsd('claude-sonnet-5', 1_000_000, 0)).toBe(2_000_000);
    expect(costMicroUsd('claude-sonnet-5', 0, 1_000_000)).toBe(10_000_000);
    expect(costMicroUsd('gpt-5.5', 3_000, 500)).toBe(30_000);
    expect(costMicroUsd('gpt-5.5', 0, 0)).toBe(0);
  });

  it('P2 is rounded once, half up, not once for each side', () => {
    expect(costMicroUsd('gemini-3.5-flash-lite', 1, 0)).toBe(0);
    expect(costMicroUsd('gpt-5.4-mini', 1, 0)).toBe(1);
    // 1.5 + 7.5 and 0.75 + 4.5 micro-dollars: rounded side by side they would be 10 and 6.
    expect(costMicroUsd('mistral-medium-3-5', 1, 1)).toBe(9);
    expect(costMicroUsd('gpt-5.4-mini', 1, 1)).toBe(5);
  });

  it('P2 is exact to the micro-dollar for amounts far beyond an hour of any customer', () => {
    const tokens = fc.integer({ min: 0, max: 100_000_000_000 });
    fc.assert(
      fc.property(fc.constantFrom(...PRICED_MODELS), tokens, tokens, (model, input, output) => {
        const price = PRICES[model];
        const exact =
          BigInt(input) * BigInt(price.inputMicroUsdPerMillion) +
          BigInt(output) * BigInt(price.outputMicroUsdPerMillion);
        const rounded = (exact + 500_000n) / 1_000_000n;
        expect(BigInt(costMicroUsd(model, input, output))).toBe(rounded);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
