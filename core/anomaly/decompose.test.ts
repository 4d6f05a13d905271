import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributionsOf } from './contributions.ts';
import { type ModelAmounts, decompose } from './decompose.ts';
import { splitWhole } from './split.ts';

const SEED = { seed: 20_261_121, numRuns: 300 };

const amounts = fc.record({
  calls: fc.nat(1e6),
  tokens: fc.nat(1e9),
  costMicroUsd: fc.nat(1e12),
});
const byModel = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), amounts)
  .map((record) => new Map(Object.entries(record)));

function costOf(models: ReadonlyMap<string, ModelAmounts>): number {
  return [...models.values()].reduce((sum, one) => sum + one.costMicroUsd, 0);
}

const of = (calls: number, tokens: number, costMicroUsd: number) => ({
  calls,
  tokens,
  costMicroUsd,
});

describe('decomposition', () => {
  it('X20 adds up to the change, to the last micro-dollar, whatever happened', () => {
    fc.assert(
      fc.property(byModel, byModel, (usual, actual) => {
        const { volume, size, mix, price } = decompose(usual, actual);
        expect(volume + size + mix + price).toBe(costOf(actual) - costOf(usual));
        expect([volume, size, mix, price].every(Number.isInteger)).toBe(true);
      }),
      SEED,
    );
  });

  it('X20 tells more calls from longer ones, from dearer models and from dearer tokens', () => {
    const usual = new Map([
      ['big', of(10, 1_000, 10_000)],
      ['small', of(30, 3_000, 3_000)],
    ]);
    const told = (actual: Record<string, ModelAmounts>) =>
      decompose(usual, new Map(Object.entries(actual)));
    const nothing = { volume: 0, size: 0, mix: 0, price: 0 };
    expect(told({ big: of(20, 2_000, 20_000), small: of(60, 6_000, 6_000) })).toEqual({
      ...nothing,
      volume: 13_000,
    });
    expect(told({ big: of(10, 3_000, 30_000), small: of(30, 9_000, 9_000) })).toEqual({
      ...nothing,
      size: 26_000,
    });
    expect(told({ big: of(40, 4_000, 40_000) })).toEqual({ ...nothing, mix: 27_000 });
    expect(told({ big: of(10, 1_000, 15_000), small: of(30, 3_000, 3_000) })).toEqual({
      ...nothing,
      price: 5_000,
    });
    // A new model's price is its own: using it is a matter of mix.
    expect(told({ huge: of(40, 4_000, 80_000) })).toEqual({ ...nothing, mix: 67_000 });
  });
});

describe('contributions', () => {
  const change = fc.record({
    customer: fc.constantFrom('a', 'b', 'c'),
    model: fc.constantFrom('x', 'y'),
    usual: fc.nat(1e9),
    actual: fc.nat(1e9),
  });

  it('X21 add up to the change and to 100 per cent, in each dimension', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 9 }), (rows) => {
        const changes = rows.map(({ customer, model, usual, actual }) => ({
          key: { tenantId: `${customer}-tenant`, customerId: customer, model },
          usual,
          actual,
        }));
        const whole = changes.reduce((sum, one) => sum + one.actual - one.usual, 0);
        const { customers, models, tenants } = contributionsOf(changes);
        for (const list of [customers, models, tenants]) {
          expect(list.reduce((sum, one) => sum + one.change, 0)).toBe(whole);
          expect(list.reduce((sum, one) => sum + one.percent, 0)).toBe(whole === 0 ? 0 : 100);
        }
      }),
      SEED,
    );
  });

  it('X21 come largest first, in the direction of the whole', () => {
    const changes = [
      ['a', 100, 90],
      ['b', 100, 400],
      ['c', 100, 150],
    ] as const;
    const rows = changes.map(([customerId, usual, actual]) => ({
      key: { tenantId: 't', customerId, model: 'm' },
      usual,
      actual,
    }));
    expect(contributionsOf(rows).customers.map(({ id, percent }) => [id, percent])).toEqual([
      ['b', 88],
      ['c', 15],
      ['a', -3],
    ]);
    const fallen = rows.map((row) => ({ ...row, usual: row.actual, actual: row.usual }));
    expect(contributionsOf(fallen).customers.map((one) => one.id)).toEqual(['b', 'c', 'a']);
  });

  it('X21 split what would have been in whole numbers', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(1e6), { minLength: 1 }), (total, weights) => {
        const shares = splitWhole(total, weights);
        expect(shares.reduce((sum, one) => sum + one, 0)).toBe(total);
      }),
      SEED,
    );
    expect(splitWhole(10, [1, 1, 1])).toEqual([3, 4, 3]);
    expect(splitWhole(10, [0, 0])).toEqual([5, 5]);
  });
});
