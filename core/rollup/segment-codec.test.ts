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

/** With the checksum of what the bytes now are: FNV-1a of all that follows it. */
function sealed(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  let hash = 0x811c9dc5;
  for (const byte of bytes.subarray(8)) hash = Math.imul(hash ^ byte, 0x01000193);
  new DataView(bytes.buffer).setUint32(4, hash >>> 0, true);
  return bytes;
}

function expectRows(rows: RollupRows): void {
  const { bucketStartMs, calls, tokens, costMicroUsd, latencyMsSum } = rows;
  for (const column of [bucketStartMs, calls, tokens, costMicroUsd, latencyMsSum]) {
    expect(column.length).toBe(rows.length);
    expect(column.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
  }
  expect(bucketStartMs.toSorted()).toEqual(bucketStartMs);
}

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

  it('S40 gives whole numbers in order or a reason for any bytes whose checksum is right', () => {
    const numbers = fc.record({ at: fc.nat(400), byte: fc.nat(255) });
    const changes = fc.array(numbers, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyRows, changes, (rows, changed) => {
        const bytes = encodeSegment(rows, START_MS, 5_000);
        for (const { at, byte } of changed) bytes[8 + (at % (bytes.length - 8))] = byte;
        const decoded = decodeSegment(sealed(bytes));
        if (decoded.ok) expectRows(decoded.rows);
      }),
      { ...SEED, numRuns: 2_000 },
    );
  });

  it.each([
    ['rows', 8, 0xffff_ffff],
    ['series', 12, 0xffff_ffff],
    ['a resolution of', 24, 0],
    ['a start of NaN, in its upper half', 20, 0x7ff8_0000],
  ])('S40 refuses a segment that claims %s, at byte %d: %d', (_, at, value) => {
    const bytes = encodeSegment(someRows(), START_MS, 5_000);
    new DataView(bytes.buffer).setUint32(at, value, true);
    expect(decodeSegment(sealed(bytes)).ok).toBe(false);
  });
});
