import { describe, expect, it } from 'vitest';
import { BucketTable } from '../rollup/bucket-table.ts';
import { rollUp } from '../rollup/roll-up.ts';
import { SeriesDictionary } from '../rollup/series.ts';
import { type Coverage, NO_COVERAGE } from '../time/coverage.ts';
import { buildFrame } from './build-frame.ts';
import { NO_FILTER } from './filter.ts';
import { bestKnown, windowAt, windowsOf, type TimeRange } from './window.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 10, 21, 9, 2, 3);

const windowOf = (range: TimeRange, edgeMs: number) => windowsOf(range, edgeMs)[0];

describe('a window', () => {
  it.each([
    ['5 min', 5 * MINUTE_MS, '5s', 5_000],
    ['15 min', 15 * MINUTE_MS, '5s', 5_000],
    ['1 h', HOUR_MS, '5s', 10_000],
    ['6 h', 6 * HOUR_MS, '1m', MINUTE_MS],
    ['24 h', DAY_MS, '1m', 3 * MINUTE_MS],
    ['7 d', 7 * DAY_MS, '1h', HOUR_MS],
    ['30 d', 30 * DAY_MS, '1h', 2 * HOUR_MS],
  ] as const)(
    'V16 of %s is made from what is required for it, in at most 600 points',
    (_, spanMs, resolution, bucketMs) => {
      const window = windowAt(NOW_MS, spanMs);
      expect(window).toMatchObject({ resolution, bucketMs });
      expect(window.toMs - window.fromMs).toBe(spanMs);
      expect(window.toMs).toBeLessThanOrEqual(NOW_MS + 1);
      expect(NOW_MS - window.toMs).toBeLessThan(bucketMs);
      expect(window.fromMs % bucketMs).toBe(0);
      expect(spanMs / bucketMs).toBeLessThanOrEqual(600);
    },
  );

  it.each([
    ['an hour of a week ago', HOUR_MS, 7 * DAY_MS, '1m'],
    ['an hour of 40 days ago', HOUR_MS, 40 * DAY_MS, '1h'],
    ['5 min of 40 days ago', 5 * MINUTE_MS, 40 * DAY_MS, '1h'],
  ] as const)('V16 of %s is made from what is kept for so long', (_, spanMs, agoMs, resolution) => {
    const window = windowOf({ spanMs, endMs: NOW_MS - agoMs }, NOW_MS);
    expect(window.resolution).toBe(resolution);
    expect(window.toMs).toBeGreaterThan(window.fromMs);
    expect((window.toMs - window.fromMs) % window.bucketMs).toBe(0);
  });

  it.each([
    ['35 s', 35_000, HOUR_MS],
    ['12 min 35 s', 755_000, HOUR_MS],
    ['a day and a bit', DAY_MS + 12_345, 2 * DAY_MS],
    ['400 d', 400 * DAY_MS, DAY_MS],
  ])(
    'V17 of any stretch of the past, as %s, holds it whole, in whole buckets that have closed',
    (_, spanMs, agoMs) => {
      const endMs = NOW_MS - agoMs;
      const window = windowOf({ spanMs, endMs }, NOW_MS);
      expect(window.fromMs).toBeLessThanOrEqual(endMs - spanMs);
      expect(window.toMs).toBeGreaterThanOrEqual(endMs);
      expect([window.fromMs % window.bucketMs, window.toMs % window.bucketMs]).toEqual([0, 0]);
      expect((window.toMs - window.fromMs) / window.bucketMs).toBeLessThanOrEqual(601);
    },
  );

  it('V17 of a stretch that ends now or later ends with the last closed bucket', () => {
    for (const endMs of [NOW_MS, NOW_MS + HOUR_MS]) {
      const window = windowOf({ spanMs: HOUR_MS, endMs }, NOW_MS);
      expect(window.toMs).toBe(NOW_MS - 3_000);
      expect(window.toMs).toBeGreaterThan(window.fromMs);
    }
  });

  it('V30 is the one of the buckets that most is known of, the finest if that is no worse', () => {
    const endMs = NOW_MS - 3_000 - 3 * HOUR_MS;
    const range = { spanMs: 15 * MINUTE_MS, endMs };
    const windows = windowsOf(range, NOW_MS);
    expect(windows.map((one) => one.resolution)).toEqual(['5s', '1m']);
    const fine = { fromMs: endMs - 15 * MINUTE_MS, toMs: endMs };
    const minutes = { fromMs: endMs - HOUR_MS, toMs: endMs };
    const resolutionOf = (coverage: Partial<Coverage>) =>
      bestKnown(windows, { ...NO_COVERAGE, ...coverage }).resolution;
    expect(resolutionOf({})).toBe('5s');
    expect(resolutionOf({ '5s': [fine], '1m': [minutes] })).toBe('5s');
    expect(resolutionOf({ '1m': [minutes] })).toBe('1m');
    const half = { ...fine, toMs: endMs - 5 * MINUTE_MS };
    expect(resolutionOf({ '5s': [half], '1m': [minutes] })).toBe('1m');
    expect(resolutionOf({ '5s': [half] })).toBe('5s');
  });

  it('V30 never has fewer than four buckets for want of finer ones', () => {
    const endMs = NOW_MS - HOUR_MS;
    const resolutions = (spanMs: number) =>
      windowsOf({ spanMs, endMs }, NOW_MS).map((one) => one.resolution);
    expect(resolutions(3 * MINUTE_MS)).toEqual(['5s']);
    expect(resolutions(4 * MINUTE_MS)).toEqual(['5s', '1m']);
    expect(resolutions(HOUR_MS)).toEqual(['5s', '1m']);
    expect(resolutions(6 * HOUR_MS)).toEqual(['1m', '1h']);
  });

  it('V16 adds up to the same at every resolution', () => {
    const table = new BucketTable(5_000);
    const fromMs = Date.UTC(2026, 10, 20);
    for (let atMs = fromMs; atMs < fromMs + HOUR_MS; atMs += 5_000) {
      const n = (atMs / 5_000) % 13;
      table.add(atMs, n % 2, { calls: n, tokens: 7 * n, costMicroUsd: 1_000 * n, latencyMsSum: n });
    }
    const series = new SeriesDictionary(
      ['a', 'b'].map((customerId) => ({ tenantId: 't', customerId, model: 'm' })),
    );
    const fine = { fromMs, toMs: fromMs + HOUR_MS, rows: table.toRows() };
    const span = { fromMs, toMs: fromMs + HOUR_MS };
    const minutes = rollUp([fine], { from: '5s', resolution: '1m', ...span });
    const frameOf = (spanMs: number, chunks: (typeof fine)[]) =>
      buildFrame({
        number: 1,
        epoch: 'e',
        filter: NO_FILTER,
        playheadMs: fromMs + HOUR_MS - 1,
        range: { spanMs, endMs: null },
        series,
        chunks,
        recent: [fine],
      });
    const hour = frameOf(HOUR_MS, [fine]);
    const hours = frameOf(2 * HOUR_MS, [minutes]);
    expect(hours.costByModel).toEqual(hour.costByModel);
    expect(hours.spendRate).toEqual(hour.spendRate);
    expect(hours.coveredMs).toBe(HOUR_MS);
    expect(hours.tokenSeries.tokens.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => null));
    expect(hour.tokenSeries.tokens).toHaveLength(360);
  });
});
