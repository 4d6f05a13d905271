import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BucketTable } from './bucket-table.ts';
import type { RollupRows } from './rollup.ts';
import { decodeSegment, encodeSegment } from './segment-codec.ts';

const SEED = { seed: 20_261_122, numRuns: 200 };
const START_MS = 1_790_000_000_000;

const count = fc.oneof(
  fc.nat(5),
  fc.maxSafeNat().map((n) => Math.floor(n / 4)),
);
const cell = fc.record({
  bucket: fc.nat(200),
  series: fc.oneof(fc.nat(9), fc.nat(3_000)),
  rollup: fc.record({ calls: count, tokens: count, costMicroUsd: count, latencyMsSum: count }),
});
const anyRows = fc
  .uniqueArray(cell, { selector: (one) => `${one.bucket} ${one.series}`, maxLength: 60 })
  .map((cells) => {
    const table = new BucketTable(5_000);
    for (const one of cells) table.add(START_MS + one.bucket * 5_000, one.series, one.rollup);
    return table.toRows();
  });

const someRows = (): RollupRows => {
  const table = new BucketTable(5_000);
  const rollup = { calls: 3, tokens: 900, costMicroUsd: 12_345, latencyMsSum: 2_100 };
  for (let i = 0; i < 12; i++) table.add(START_MS + i * 5_000, i % 3, rollup);
  return table.toRows();
};

describe('the segment codec', () => {
  it('S2 gives back any rows exactly', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        expect(decodeSegment(encodeSegment(rows, START_MS, 5_000))).toEqual({ ok: true, rows });
      }),
      SEED,
    );
  });

  it('S2 keeps a segment without rows, which says that nothing was used', () => {
    const none = new BucketTable(5_000).toRows();
    expect(decodeSegment(encodeSegment(none, START_MS, 5_000))).toEqual({ ok: true, rows: none });
  });

  it('S3 refuses a segment in which any one byte was changed, rather than give wrong numbers', () => {
    const whole = encodeSegment(someRows(), START_MS, 5_000);
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      expect(decodeSegment(damaged).ok, `byte ${at}`).toBe(false);
    }
  });

  it('S3 refuses a segment that was cut short, at any length', () => {
    const whole = encodeSegment(someRows(), START_MS, 5_000);
    for (let length = 0; length < whole.length; length++) {
      expect(decodeSegment(whole.slice(0, length)).ok).toBe(false);
    }
  });
});
