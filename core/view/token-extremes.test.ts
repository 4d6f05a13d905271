import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BucketTable } from '../rollup/bucket-table.ts';
import { SeriesDictionary } from '../rollup/series.ts';
import { buildFrame } from './build-frame.ts';
import { NO_FILTER } from './filter.ts';
import type { TokenSeries } from './frame.ts';
import type { Window } from './window.ts';

const SEED = { seed: 20_261_121, numRuns: 200 };
const FROM_MS = Date.UTC(2026, 10, 20);
const MINUTE_MS = 60_000;
const SERIES = new SeriesDictionary(
  ['acme', 'bolt'].map((customerId) => ({ tenantId: 'north', customerId, model: 'm' })),
);

/**
 * @param tokens by minute and series; null: this minute is not known
 * @param perPoint how many minutes make a point
 */
function seriesOf(tokens: readonly (readonly [number, number] | null)[], perPoint: number) {
  const toMs = FROM_MS + tokens.length * MINUTE_MS;
  const chunks = tokens.flatMap((uses, minute) => {
    if (uses === null) return [];
    const table = new BucketTable(MINUTE_MS);
    const fromMs = FROM_MS + minute * MINUTE_MS;
    for (const [series, count] of uses.entries()) {
      const rollup = { calls: 1, tokens: count, costMicroUsd: 1, latencyMsSum: 1 };
      if (count > 0) table.add(fromMs, series, rollup);
    }
    return [{ fromMs, toMs: fromMs + MINUTE_MS, rows: table.toRows() }];
  });
  const shown: Window = {
    fromMs: FROM_MS,
    toMs,
    resolution: '1m',
    bucketMs: perPoint * MINUTE_MS,
  };
  const range = { spanMs: toMs - FROM_MS, endMs: toMs };
  const inputs = { number: 1, epoch: 'e', filter: NO_FILTER, playheadMs: toMs - 1, range };
  return buildFrame({ ...inputs, series: SERIES, shown, chunks }).tokenSeries;
}

const extremesOf = (series: TokenSeries) => {
  if (!series.extremes) throw new Error('the points are not made of finer buckets');
  return series.extremes;
};

describe('points that are several buckets', () => {
  it('V18 keep the quietest and the busiest of them, at the scale of the point', () => {
    const series = seriesOf(
      [
        [10, 5],
        [900, 0],
        [0, 0],
        [7, 0],
        [7, 0],
        [7, 0],
      ],
      3,
    );
    expect(series.tokens).toEqual([915, 21]);
    expect(series.extremes).toEqual({ finestMs: MINUTE_MS, least: [0, 21], most: [2_700, 21] });
  });

  it('V18 have none where a part of them is not known, nor where a point is one bucket', () => {
    const half = seriesOf([[1, 0], null, [3, 0], [4, 0]], 2);
    expect(half.tokens).toEqual([null, 7]);
    expect(extremesOf(half)).toMatchObject({ least: [null, 6], most: [null, 8] });
    expect(
      seriesOf(
        [
          [1, 0],
          [2, 0],
        ],
        1,
      ).extremes,
    ).toBeNull();
  });

  it('V18 have the extremes of the window among their own, and its sum', () => {
    const anyMinute = fc.tuple(fc.nat(5_000), fc.nat(5_000));
    const anyWindow = fc.record({
      perPoint: fc.constantFrom(2, 3, 4, 6, 12),
      minutes: fc.array(anyMinute, { minLength: 60, maxLength: 60 }),
    });
    fc.assert(
      fc.property(anyWindow, ({ perPoint, minutes }) => {
        const series = seriesOf(minutes, perPoint);
        const { least, most } = extremesOf(series);
        const totals = minutes.map(([a, b]) => a + b);
        expect(Math.max(...most.map(Number)) / perPoint).toBe(Math.max(...totals));
        expect(Math.min(...least.map(Number)) / perPoint).toBe(Math.min(...totals));
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(sum(series.tokens.map(Number))).toBe(sum(totals));
        for (const [point, tokens] of series.tokens.entries()) {
          expect(least[point]).toBeLessThanOrEqual(Number(tokens));
          expect(most[point]).toBeGreaterThanOrEqual(Number(tokens));
        }
      }),
      SEED,
    );
  });
});
