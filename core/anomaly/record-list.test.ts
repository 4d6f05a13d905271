import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordList } from './record-list.ts';

const SEED = { seed: 20_261_121, numRuns: 200 };
const HORIZON = 50;

/** All values, slow and obviously right. */
class EveryValue {
  readonly #values: number[] = [];

  push(value: number): void {
    this.#values.push(value);
  }

  newestReaching(value: number): number | undefined {
    for (let bin = this.#values.length; bin > this.#values.length - HORIZON && bin > 0; bin--)
      if ((this.#values[bin - 1] ?? 0) >= value) return bin;
    return undefined;
  }
}

function listOf(values: readonly number[], horizon = HORIZON): RecordList {
  const list = new RecordList(horizon);
  for (const [i, value] of values.entries()) list.push(i + 1, value);
  return list;
}

describe('record list', () => {
  it('X1 knows the newest bin that reached a value, within the horizon', () => {
    const list = listOf([5, 3, 4]);
    expect([6, 5, 4.5, 4, 3.5, 0].map((value) => list.newestReaching(value))).toEqual([
      undefined,
      1,
      1,
      3,
      3,
      3,
    ]);
    expect(list.record).toBe(5);
    expect(listOf([5, 3, 4, 1], 3).record).toBe(4);
  });

  it('X1 answers like a list of every value while records are few', () => {
    // 20 different values make at most 20 standing records.
    const series = fc.array(fc.integer({ min: 0, max: 19 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(series, fc.integer({ min: -1, max: 20 }), (values, asked) => {
        const every = new EveryValue();
        for (const value of values) every.push(value);
        expect(listOf(values).newestReaching(asked)).toBe(every.newestReaching(asked));
      }),
      SEED,
    );
  });

  it('X1 keeps 32 records: the largest, the newest, and those that tell most', () => {
    // Falls for ever, so every value is a record. Steps of 1, but for bins 11 to 20, whose steps are tiny.
    const values = Array.from({ length: 40 }, (_, i) => (i < 10 || i >= 20 ? -i : -10 - i / 1_000));
    const { bins } = listOf(values).toState();
    expect(bins).toHaveLength(32);
    expect(bins.filter((bin) => bin <= 10)).toHaveLength(10);
    expect(bins.filter((bin) => bin > 21)).toHaveLength(19);
  });

  it('X1 says at worst longer ago, never sooner, when it had to leave something out', () => {
    const series = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(series, fc.double({ min: 0, max: 1, noNaN: true }), (noise, asked) => {
        const falling = [...noise].sort((a, b) => b - a);
        const every = new EveryValue();
        for (const value of falling) every.push(value);
        const told = listOf(falling).newestReaching(asked) ?? 0;
        expect(told).toBeLessThanOrEqual(every.newestReaching(asked) ?? 0);
      }),
      SEED,
    );
  });
});
