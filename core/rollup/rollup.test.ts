import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESOLUTION_MS } from '../time/resolution.ts';
import { BucketTable } from './bucket-table.ts';
import { rowsWithin } from './chunk.ts';
import { mergeRollups, NOTHING, type Rollup } from './rollup.ts';
import { cutChunk, MOST_ROWS } from './segment.ts';

const SEED = { seed: 20_261_123, numRuns: 200 };
const HOUR_MS = RESOLUTION_MS['1h'];
const START_MS = Date.UTC(2026, 10, 21, 9);

const count = fc.nat(2 ** 40);
const rollup = fc.record({ calls: count, tokens: count, costMicroUsd: count, latencyMsSum: count });
const usage = fc.array(fc.record({ atMs: fc.nat(2 * HOUR_MS), series: fc.nat(4), rollup }), {
  maxLength: 40,
});

type Usage = readonly { atMs: number; series: number; rollup: Rollup }[];

function tableOf(uses: Usage, resolutionMs: number): BucketTable {
  const table = new BucketTable(resolutionMs);
  for (const use of uses) table.add(START_MS + use.atMs, use.series, use.rollup);
  return table;
}

function coarser(table: BucketTable, resolutionMs: number): BucketTable {
  const next = new BucketTable(resolutionMs);
  next.addRows(table.toRows());
  return next;
}

describe('rollups', () => {
  it('R1 merge in any grouping and any order', () => {
    fc.assert(
      fc.property(rollup, rollup, rollup, (a, b, c) => {
        expect(mergeRollups(a, mergeRollups(b, c))).toEqual(mergeRollups(mergeRollups(a, b), c));
        expect(mergeRollups(a, b)).toEqual(mergeRollups(b, a));
        expect(mergeRollups(a, NOTHING)).toEqual(a);
      }),
      SEED,
    );
  });

  it('R2 give the same hours whether added up from ticks, 5 s or 1 min buckets', () => {
    fc.assert(
      fc.property(usage, (uses) => {
        const hours = tableOf(uses, HOUR_MS).toRows();
        const fives = tableOf(uses, RESOLUTION_MS['5s']);
        const minutes = coarser(fives, RESOLUTION_MS['1m']);
        expect(coarser(fives, HOUR_MS).toRows()).toEqual(hours);
        expect(coarser(minutes, HOUR_MS).toRows()).toEqual(hours);
        expect(tableOf(uses.toReversed(), HOUR_MS).toRows()).toEqual(hours);
      }),
      SEED,
    );
  });

  it('R3 are cut out of a stretch of time without losing or doubling a bucket', () => {
    fc.assert(
      fc.property(usage, fc.nat(2 * 720), (uses, buckets) => {
        const rows = tableOf(uses, 5_000).toRows();
        const cutMs = START_MS + buckets * 5_000;
        const before = rowsWithin(rows, { fromMs: 0, toMs: cutMs });
        const after = rowsWithin(rows, { fromMs: cutMs, toMs: Infinity });
        expect([...before.bucketStartMs, ...after.bucketStartMs]).toEqual([...rows.bucketStartMs]);
        expect([...before.bucketStartMs].every((atMs) => atMs < cutMs)).toBe(true);
        expect([...after.bucketStartMs].every((atMs) => atMs >= cutMs)).toBe(true);
      }),
      SEED,
    );
  });

  it('R4 of a long stretch become several segments that meet between buckets', () => {
    const table = new BucketTable(5_000);
    const use = { calls: 1, tokens: 2, costMicroUsd: 3, latencyMsSum: 4 };
    for (let bucket = 0; bucket < 40; bucket++) {
      for (let series = 0; series < 300; series++)
        table.add(START_MS + bucket * 5_000, series, use);
    }
    const chunk = { fromMs: START_MS, toMs: START_MS + 60 * 5_000, rows: table.toRows() };
    const parts = cutChunk(chunk);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts[0]?.fromMs).toBe(chunk.fromMs);
    expect(parts.at(-1)?.toMs).toBe(chunk.toMs);
    const ends = parts.slice(0, -1).map((one) => one.toMs);
    expect(parts.slice(1).map((one) => one.fromMs)).toEqual(ends);
    const lengths = parts.map((one) => one.rows.length);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(chunk.rows.length);
    expect(Math.max(...lengths)).toBeLessThan(MOST_ROWS + 300);
  });
});
