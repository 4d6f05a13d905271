import { describe, expect, it } from 'vitest';
import { BucketTable } from '../rollup/bucket-table.ts';
import type { Chunk } from '../rollup/chunk.ts';
import { SeriesDictionary } from '../rollup/series.ts';
import { buildFrame, isWindowKnown } from './build-frame.ts';
import { windowAt } from './window.ts';
import { NO_FILTER } from './filter.ts';
import { edgeOf } from './playhead.ts';

const END_MS = Date.UTC(2026, 10, 21, 9, 5);
const BUCKETS = 60;
const SERIES = new SeriesDictionary(
  ['a', 'b', 'c', 'd', 'e'].map((customerId) => ({ tenantId: 'north', customerId, model: 'm' })),
);
const at = (bucket: number) => END_MS - (BUCKETS - bucket) * 5_000;

/** A complete stretch in which every bucket cost `microUsd` and took `bucket` tokens, twice. */
function aChunk(from: number, to: number, microUsd = 1_000_000): Chunk {
  const table = new BucketTable(5_000);
  for (let bucket = from; bucket < to; bucket++) {
    for (const series of [3, 4]) {
      const rollup = { calls: 1, tokens: bucket, costMicroUsd: microUsd, latencyMsSum: 5 };
      table.add(at(bucket), series, rollup);
    }
  }
  return { fromMs: at(from), toMs: at(to), rows: table.toRows() };
}

const aFrame = (chunks: readonly Chunk[], playheadMs = END_MS - 1) =>
  buildFrame({ number: 1, epoch: 'e', filter: NO_FILTER, playheadMs, series: SERIES, chunks });

describe('a frame', () => {
  it('V1 shows the buckets that ended at or before the playhead, and not the one still open', () => {
    expect(windowAt(END_MS - 1).toMs).toBe(END_MS);
    expect(windowAt(END_MS - 2).toMs).toBe(END_MS - 5_000);
    expect(windowAt(END_MS + 4_998).toMs).toBe(END_MS);
    const frame = aFrame([aChunk(0, 60)], END_MS - 2);
    expect(frame.tokenSeries.fromMs).toBe(at(-1));
    expect(frame.tokenSeries.tokens.at(-1)).toBe(2 * 58);
    expect(frame.asOfMs).toBe(at(59));
  });

  it('V2 tells a gap from nothing used', () => {
    const quiet = { ...aChunk(20, 30), rows: new BucketTable(5_000).toRows() };
    const { tokens } = aFrame([aChunk(0, 10), quiet, aChunk(30, 60)]).tokenSeries;
    expect(tokens.slice(8, 10)).toEqual([16, 18]);
    expect(new Set(tokens.slice(10, 20))).toEqual(new Set([null]));
    expect(new Set(tokens.slice(20, 30))).toEqual(new Set([0]));
    expect(tokens.slice(30, 32)).toEqual([60, 62]);
  });

  it('V3 gives spend per hour over what is known of the last 60 s', () => {
    const whole = aFrame([aChunk(0, 60)]).spendRate;
    expect(whole).toEqual({ windowMs: 60_000, coveredMs: 60_000, usdPerHour: 2 * 12 * 60 });
    const half = aFrame([aChunk(0, 51), aChunk(54, 60)]).spendRate;
    expect(half).toEqual({ windowMs: 60_000, coveredMs: 45_000, usdPerHour: 2 * 12 * 60 });
  });

  it('V3 says that it does not know rather than guess from less than 15 s', () => {
    expect(aFrame([aChunk(58, 60)]).spendRate).toMatchObject({
      coveredMs: 10_000,
      usdPerHour: null,
    });
    expect(aFrame([aChunk(57, 60)]).spendRate.usdPerHour).toBe(2 * 12 * 60);
    expect(aFrame([]).spendRate).toMatchObject({ coveredMs: 0, usdPerHour: null });
  });

  it('V4 is as of the end of the newest complete bucket that it shows', () => {
    expect(aFrame([aChunk(0, 40)]).asOfMs).toBe(at(40));
    expect(aFrame([]).asOfMs).toBeNull();
  });

  it('V5 knows its window only when every bucket of it is there', () => {
    expect(isWindowKnown([aChunk(0, 30), aChunk(30, 60)], END_MS - 1)).toBe(true);
    expect(isWindowKnown([aChunk(0, 30), aChunk(31, 60)], END_MS - 1)).toBe(false);
    expect(isWindowKnown([aChunk(1, 60)], END_MS - 1)).toBe(false);
  });
});

describe('the playhead', () => {
  const inputs = {
    watermarkMs: 100_000,
    serverNowMs: 101_000,
    isHearing: true,
    playoutDelayMs: 3_000,
  };

  it('V6 stays the playout delay behind the server, and never runs past what is known', () => {
    expect(edgeOf(inputs)).toBe(98_000);
    expect(edgeOf({ ...inputs, serverNowMs: 150_000 })).toBe(100_000);
  });

  it('V7 stands at the last known instant when no server is heard, whatever the clock says', () => {
    expect(edgeOf({ ...inputs, isHearing: false, serverNowMs: 999_999 })).toBe(100_000);
    expect(edgeOf({ ...inputs, isHearing: false, serverNowMs: 5 })).toBe(100_000);
  });
});
