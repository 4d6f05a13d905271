import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyUsage, splitUsage, splitWhole } from './usage.ts';

function shared(total: number, weights: readonly number[]): number[] {
  const shares = new Float64Array(weights.length);
  splitWhole(total, Float64Array.from(weights), shares);
  return [...shares];
}

function sumOf(values: Iterable<number>): number {
  return [...values].reduce((sum, value) => sum + value, 0);
}

const weight = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1e-6, max: 1e6, noNaN: true, noDefaultInfinity: true }),
);

describe('splitting a whole number', () => {
  it('F3 deals by weight, in whole shares', () => {
    expect(shared(10, [1, 1, 2])).toEqual([3, 2, 5]);
    expect(shared(3, [1, 1, 1, 1])).toEqual([1, 1, 0, 1]);
    expect(shared(7, [0, 1, 0])).toEqual([0, 7, 0]);
    expect(shared(0, [0, 0])).toEqual([0, 0]);
  });

  it('F3 loses nothing, overdraws nobody, and gives nothing for no weight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.array(weight, { minLength: 1, maxLength: 60 }).filter((all) => all.some((w) => w > 0)),
        (total, weights) => {
          const shares = shared(total, weights);
          expect(sumOf(shares)).toBe(total);
          const sum = sumOf(weights);
          for (const [i, share] of shares.entries()) {
            const exact = (total * (weights[i] ?? 0)) / sum;
            expect(Number.isSafeInteger(share) && share >= 0).toBe(true);
            expect(Math.abs(share - exact)).toBeLessThanOrEqual(1 + total * 1e-12);
            if (weights[i] === 0) expect(share).toBe(0);
          }
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('F3 refuses to deal to nobody', () => {
    expect(() => shared(1, [0, 0])).toThrow(RangeError);
  });
});

describe('splitting usage', () => {
  it('F3 conserves every column, gives each turn a call, and a part without turns nothing', () => {
    const part = fc.record({
      turns: fc.integer({ min: 0, max: 3 }),
      extra: fc.double({ min: 0.01, max: 10, noNaN: true }),
      tokens: fc.double({ min: 0.01, max: 10, noNaN: true }),
    });
    const amount = fc.integer({ min: 0, max: 1e9 });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 12 }).filter((all) => all.some((p) => p.turns)),
        fc.record({ extra: amount, tokens: amount, cost: amount, latency: amount }),
        (drawn, amounts) => {
          const whole = emptyUsage(1);
          whole.calls[0] = sumOf(drawn.map((one) => one.turns)) + amounts.extra;
          whole.tokens[0] = 1 + amounts.tokens;
          whole.costMicroUsd[0] = amounts.cost;
          whole.latencyMsSum[0] = amounts.latency;
          const parts = emptyUsage(drawn.length + 2);
          const portions = {
            turns: Float64Array.from(drawn, (one) => one.turns),
            extraCalls: Float64Array.from(drawn, (one) => (one.turns ? one.extra : 0)),
            tokensPerCall: Float64Array.from(drawn, (one) => one.tokens),
            latencyPerCall: Float64Array.from(drawn, (one) => one.extra),
          };
          splitUsage(whole, 0, portions, parts, 1);
          for (const measure of ['calls', 'tokens', 'costMicroUsd', 'latencyMsSum'] as const) {
            expect(sumOf(parts[measure])).toBe(whole[measure][0]);
            expect(parts[measure][0]).toBe(0);
            expect(parts[measure][drawn.length + 1]).toBe(0);
            for (const [i, { turns }] of drawn.entries())
              if (turns === 0) expect(parts[measure][i + 1]).toBe(0);
          }
          for (const [i, { turns }] of drawn.entries())
            expect(parts.calls[i + 1]).toBeGreaterThanOrEqual(turns);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});
