import { describe, expect, it } from 'vitest';
import { BucketTable } from '../rollup/bucket-table.ts';
import type { Chunk } from '../rollup/chunk.ts';
import { SeriesDictionary } from '../rollup/series.ts';
import { buildFrame } from './build-frame.ts';
import { NO_FILTER } from './filter.ts';
import type { Window } from './window.ts';

const END_MS = Date.UTC(2026, 10, 21, 9, 10);
const BUCKET_MS = 5_000;
const SERIES = new SeriesDictionary([{ tenantId: 'north', customerId: 'acme', model: 'm' }]);

/** One dollar in each of the buckets `from` to `to` before the end. */
function aChunk(from: number, to: number): Chunk {
  const table = new BucketTable(BUCKET_MS);
  const at = (bucket: number) => END_MS - bucket * BUCKET_MS;
  for (let bucket = from; bucket > to; bucket--) {
    const rollup = { calls: 1, tokens: 1, costMicroUsd: 1_000_000, latencyMsSum: 1 };
    table.add(at(bucket), 0, rollup);
  }
  return { fromMs: at(from), toMs: at(to), rows: table.toRows() };
}

/** The trend of a customer over so many buckets, of which only the chunks are known. */
function trendOver(buckets: number, chunks: readonly Chunk[]) {
  const shown: Window = {
    fromMs: END_MS - buckets * BUCKET_MS,
    toMs: END_MS,
    resolution: '5s',
    bucketMs: BUCKET_MS,
  };
  const playheadMs = END_MS - 1;
  const inputs = { number: 1, epoch: 'e', filter: NO_FILTER, playheadMs, series: SERIES };
  return buildFrame({ ...inputs, shown, chunks }).customers[0]?.trend;
}

describe('the trend of a customer', () => {
  it.each([1, 3, 19, 20, 21, 39, 60, 156, 168, 590, 600])(
    'V39 over %i buckets is flat when spending was',
    (buckets) => {
      const trend = trendOver(buckets, [aChunk(buckets, 0)]) ?? [];
      const perPoint = Math.ceil(buckets / 20);
      expect(new Set(trend)).toEqual(new Set([perPoint]));
      expect(trend.length).toBe(Math.floor(buckets / perPoint));
      expect(trend.length).toBeLessThanOrEqual(20);
      expect(trend.length).toBeGreaterThanOrEqual(Math.min(buckets, 10));
    },
  );

  it.each([20, 21, 157])(
    'V39 over %i buckets has a gap wherever any of it is missing',
    (buckets) => {
      const trend = trendOver(buckets, [aChunk(buckets, 8), aChunk(3, 0)]) ?? [];
      const perPoint = Math.ceil(buckets / 20);
      const isGap = trend.map((_, i) => {
        const newest = (trend.length - 1 - i) * perPoint;
        return newest < 8 && newest + perPoint > 3;
      });
      expect(trend.map((value) => value === null)).toEqual(isGap);
      expect(trend).not.toContain(0);
    },
  );
});
