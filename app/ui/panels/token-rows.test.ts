import { describe, expect, it } from 'vitest';
import { AS_OF_MS, aTokenSeries } from '#app/testing/frames.ts';
import { gapsOf, isSameSeries, loneRowsOf, peakOf, rowsOf } from './token-rows.ts';

describe('the rows of the token chart', () => {
  it('U13 stand in the middle of their buckets, unknown ones unknown and zeros zero', () => {
    const rows = rowsOf(aTokenSeries([7, null, 0]));
    expect(rows.map((row) => row.tokens)).toEqual([7, null, 0]);
    expect(rows.at(-1)).toMatchObject({
      fromMs: AS_OF_MS - 5_000,
      middleMs: AS_OF_MS - 2_500,
      toMs: AS_OF_MS,
    });
  });

  it('U13 tell each gap as one span', () => {
    const rows = rowsOf(aTokenSeries([null, 1, null, null, 0]));
    expect(gapsOf(rows)).toEqual([
      { fromMs: AS_OF_MS - 25_000, toMs: AS_OF_MS - 20_000 },
      { fromMs: AS_OF_MS - 15_000, toMs: AS_OF_MS - 5_000 },
    ]);
    expect(gapsOf(rowsOf(aTokenSeries([1, 0, 1])))).toEqual([]);
  });

  it('U13 tell the buckets that a line cannot show', () => {
    const lone = (tokens: (number | null)[]) =>
      loneRowsOf(rowsOf(aTokenSeries(tokens))).map((row) => row.tokens);
    expect(lone([1, null, 2, null, 3, 4, null, 0])).toEqual([1, 2, 0]);
    expect(lone([1, 2, null])).toEqual([]);
  });

  it('V47 leave room for what was expected, but for a band that is far higher than what was used', () => {
    const trend = [100, 110];
    const peak = (high: number) =>
      peakOf(
        { ...aTokenSeries([80, 90]), expected: { trend, low: [50, 50], high: [high, 90] } },
        'total',
      );
    expect(peak(120)).toBe(120);
    expect(peak(1_000)).toBe(137.5);
  });

  it('V47 are drawn anew when something else was expected', () => {
    const series = aTokenSeries([80]);
    const expected = { trend: [70], low: [60], high: [90] };
    expect(isSameSeries({ ...series, expected }, { ...series, expected: { ...expected } })).toBe(
      true,
    );
    for (const name of ['trend', 'low', 'high'] as const) {
      const other = { ...expected, [name]: [71] };
      expect(isSameSeries({ ...series, expected }, { ...series, expected: other })).toBe(false);
    }
    expect(isSameSeries({ ...series, expected }, series)).toBe(false);
  });

  it('V19 reach as high as the busiest of the finer buckets, where these are drawn', () => {
    const extremes = { finestMs: 1_000, least: [0, 1], most: [90, null] };
    const series = { ...aTokenSeries([7, 8]), extremes };
    expect(rowsOf(series).map((row) => row.extremes)).toEqual([[0, 90], null]);
    expect([peakOf(series, 'total'), peakOf(series, 'models')]).toEqual([90, 8]);
    expect(peakOf(aTokenSeries([7, 8, null]), 'total')).toBe(8);
  });

  it('are drawn again only when the picture changes', () => {
    const series = aTokenSeries([1, null, 0]);
    expect(isSameSeries(series, { ...aTokenSeries([1, null, 0]) })).toBe(true);
    expect(isSameSeries(series, aTokenSeries([1, 0, 0]))).toBe(false);
    expect(isSameSeries(series, aTokenSeries([1, null]))).toBe(false);
    expect(isSameSeries(series, { ...series, before: [1] })).toBe(false);
    const extremes = { finestMs: 1_000, least: [0, null, 0], most: [2, null, 0] };
    const other = { ...extremes, most: [3, null, 0] };
    expect(isSameSeries(series, { ...series, extremes })).toBe(false);
    expect(isSameSeries({ ...series, extremes: other }, { ...series, extremes })).toBe(false);
    expect(isSameSeries({ ...series, extremes }, { ...series, extremes: { ...extremes } })).toBe(
      true,
    );
    expect(isSameSeries(series, { ...series, fromMs: series.fromMs + 5_000 })).toBe(false);
  });
});
