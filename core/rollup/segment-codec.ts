import type { RollupRows } from './rollup.ts';

/**
 * Bytes of a segment, little endian:
 *
 *     0  u8   format version, 1
 *     1  u8   number of columns, 6
 *     2  u16  zero
 *     4  u32  checksum of all that follows (FNV-1a, 32 bit)
 *     8  u32  number of rows
 *    12  f64  start of the segment, epoch ms
 *    20  u32  resolution, ms
 *    24  then per column: u8 width in bytes, and as many planes of one byte per row, lowest first
 *
 * Rows are grouped by series and ascend in time within one, so that neighbours resemble each other.
 * Columns are series id, bucket number from the start, and the four measures; each value is stored as
 * the zig-zag coded difference from the row before it. Integers are exact up to 2^52.
 */
const VERSION = 1;
const COLUMNS = 6;
const HEADER_BYTES = 24;
const CHECKED_FROM = 8;
const BYTE = 256;

export type Decoded = { ok: true; rows: RollupRows } | { ok: false; reason: string };

/** Packs rows (sorted as in `RollupRows`) whose buckets all start at or after `startMs`. */
export function encodeSegment(
  rows: RollupRows,
  startMs: number,
  resolutionMs: number,
): Uint8Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: rows.length }, (_, i) => i);
  order.sort((a, b) => (rows.series[a] ?? 0) - (rows.series[b] ?? 0) || a - b);
  const bucketOf = (i: number) => ((rows.bucketStartMs[i] ?? 0) - startMs) / resolutionMs;
  const columns = [
    differences(order, (i) => rows.series[i] ?? 0),
    differences(order, bucketOf),
    differences(order, (i) => rows.calls[i] ?? 0),
    differences(order, (i) => rows.tokens[i] ?? 0),
    differences(order, (i) => rows.costMicroUsd[i] ?? 0),
    differences(order, (i) => rows.latencyMsSum[i] ?? 0),
  ];
  const widths = columns.map(widthOf);
  const planes = widths.reduce((sum, width) => sum + width, 0);
  const bytes = new Uint8Array(HEADER_BYTES + COLUMNS + planes * rows.length);
  let at = HEADER_BYTES;
  for (const [index, column] of columns.entries()) {
    at = writePlanes(bytes, at, column, widths[index] ?? 0);
  }
  const header = new DataView(bytes.buffer);
  header.setUint8(0, VERSION);
  header.setUint8(1, COLUMNS);
  header.setUint32(8, rows.length, true);
  header.setFloat64(12, startMs, true);
  header.setUint32(20, resolutionMs, true);
  header.setUint32(4, checksumOf(bytes), true);
  return bytes;
}

/** The rows of a segment; a damaged or unknown one is a reason, never wrong numbers. */
export function decodeSegment(bytes: Uint8Array): Decoded {
  if (bytes.length < HEADER_BYTES) return { ok: false, reason: 'cut short' };
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = [header.getUint8(0), header.getUint8(1), header.getUint16(2, true)];
  if (format.join() !== [VERSION, COLUMNS, 0].join())
    return { ok: false, reason: 'unknown format' };
  if (header.getUint32(4, true) !== checksumOf(bytes)) return { ok: false, reason: 'checksum' };
  const length = header.getUint32(8, true);
  const startMs = header.getFloat64(12, true);
  const resolutionMs = header.getUint32(20, true);
  const columns: Float64Array[] = [];
  let at = HEADER_BYTES;
  for (let i = 0; i < COLUMNS; i++) {
    const width = bytes[at] ?? 0;
    columns.push(readPlanes(bytes, at + 1, length, width));
    at += 1 + width * length;
  }
  return { ok: true, rows: toRows(columns, startMs, resolutionMs) };
}

function toRows(columns: readonly Float64Array[], startMs: number, step: number): RollupRows {
  const at = (column: number, row: number) => columns[column]?.[row] ?? 0;
  const order = Uint32Array.from({ length: columns[0]?.length ?? 0 }, (_, i) => i);
  order.sort((a, b) => at(1, a) - at(1, b) || a - b);
  const pick = (column: number) => Float64Array.from(order, (row) => at(column, row));
  return {
    length: order.length,
    bucketStartMs: Float64Array.from(order, (row) => startMs + at(1, row) * step),
    series: Uint32Array.from(order, (row) => at(0, row)),
    calls: pick(2),
    tokens: pick(3),
    costMicroUsd: pick(4),
    latencyMsSum: pick(5),
  };
}

/** Zig-zag: 0, -1, 1, -2 ... become 0, 1, 2, 3 ...; in doubles, as shifts would cut at 32 bits. */
function differences(order: Uint32Array, valueAt: (row: number) => number): Float64Array {
  let previous = 0;
  return Float64Array.from(order, (row) => {
    const value = valueAt(row);
    const difference = value - previous;
    previous = value;
    return difference >= 0 ? 2 * difference : -2 * difference - 1;
  });
}

function widthOf(column: Float64Array): number {
  let largest = 0;
  for (const value of column) if (value > largest) largest = value;
  let width = 0;
  for (let rest = largest; rest > 0; rest = Math.floor(rest / BYTE)) width++;
  return width;
}

function writePlanes(bytes: Uint8Array, from: number, column: Float64Array, width: number): number {
  bytes[from] = width;
  const length = column.length;
  for (let row = 0; row < length; row++) {
    let rest = column[row] ?? 0;
    for (let plane = 0; plane < width; plane++) {
      const next = Math.floor(rest / BYTE);
      bytes[from + 1 + plane * length + row] = rest - next * BYTE;
      rest = next;
    }
  }
  return from + 1 + width * length;
}

function readPlanes(bytes: Uint8Array, from: number, length: number, width: number): Float64Array {
  const column = new Float64Array(length);
  let previous = 0;
  for (let row = 0; row < length; row++) {
    let coded = 0;
    for (let plane = width - 1; plane >= 0; plane--) {
      coded = coded * BYTE + (bytes[from + plane * length + row] ?? 0);
    }
    previous += coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2;
    column[row] = previous;
  }
  return column;
}

/** FNV-1a over everything after the checksum field. Source: the FNV reference, 32-bit parameters. */
function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = CHECKED_FROM; i < bytes.length; i++) {
    hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  }
  return hash >>> 0;
}
