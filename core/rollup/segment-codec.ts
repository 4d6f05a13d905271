import {
  type CodedColumns,
  codeRows,
  decodeGroups,
  ROW_COLUMNS,
  SERIES_COLUMNS,
  ungroup,
} from './coded-columns.ts';
import type { RollupRows } from './rollup.ts';

/**
 * Bytes of a segment, little endian:
 *
 *     0  u8   format version, 2
 *     1  u8   number of columns, 11
 *     2  u16  zero
 *     4  u32  checksum of all that follows (FNV-1a, 32 bit)
 *     8  u32  number of rows
 *    12  u32  number of series
 *    16  f64  start of the segment, epoch ms
 *    24  u32  resolution, ms
 *    28  then per column: u8 width in bytes, and as many planes of one byte per value, lowest first
 *
 * The columns are those of `CodedColumns`: the series ids (each as the difference from the one before
 * it), what is stated per series, what is stated per row. To be compressed by whoever stores it: planes
 * are made for that. Integers are exact up to 2^52.
 */
const VERSION = 2;
const COLUMNS = 1 + SERIES_COLUMNS + ROW_COLUMNS;
const HEADER_BYTES = 28;
const CHECKED_FROM = 8;
const BYTE = 256;
/** A number that is wider is none of ours. */
const MOST_WIDTH = 7;
/** Far more than a segment has. Columns of zeros take no bytes: what they claim must not cost memory. */
const MOST_ROWS = 2 ** 20;
const MOST_ID = 0xffff_ffff;

export type Decoded = { ok: true; rows: RollupRows } | { ok: false; reason: string };

/** Packs rows (sorted as in `RollupRows`) whose buckets all start at or after `startMs`. */
export function encodeSegment(
  rows: RollupRows,
  startMs: number,
  resolutionMs: number,
): Uint8Array<ArrayBuffer> {
  const { ids, perSeries, perRow } = codeRows(rows, startMs, resolutionMs);
  const columns = [differences(ids), ...perSeries, ...perRow];
  const widths = columns.map(widthOf);
  const planes = columns.reduce((sum, { length }, i) => sum + 1 + length * (widths[i] ?? 0), 0);
  const bytes = new Uint8Array(HEADER_BYTES + planes);
  let at = HEADER_BYTES;
  for (const [i, column] of columns.entries()) at = writePlanes(bytes, at, column, widths[i] ?? 0);
  const header = new DataView(bytes.buffer);
  header.setUint8(0, VERSION);
  header.setUint8(1, COLUMNS);
  header.setUint32(8, rows.length, true);
  header.setUint32(12, ids.length, true);
  header.setFloat64(16, startMs, true);
  header.setUint32(24, resolutionMs, true);
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
  const columns = readColumns(bytes, header.getUint32(8, true), header.getUint32(12, true));
  const startMs = header.getFloat64(16, true);
  const resolutionMs = header.getUint32(24, true);
  const isPlaced = Number.isSafeInteger(startMs) && startMs >= 0 && resolutionMs > 0;
  const buckets = (Number.MAX_SAFE_INTEGER - startMs) / resolutionMs;
  const grouped = columns && isPlaced ? decodeGroups(columns, buckets) : null;
  if (!columns || !grouped) return { ok: false, reason: 'not made of rows' };
  return { ok: true, rows: ungroup(grouped, columns.ids, startMs, resolutionMs) };
}

/** Null when the bytes end before the columns do, or go on after them. */
function readColumns(bytes: Uint8Array, rows: number, series: number): CodedColumns | null {
  if (rows > MOST_ROWS || series > rows) return null;
  const columns: Float64Array[] = [];
  let at = HEADER_BYTES;
  for (let i = 0; i < COLUMNS; i++) {
    const length = i <= SERIES_COLUMNS ? series : rows;
    const width = bytes[at] ?? 0;
    const end = at + 1 + width * length;
    if (width > MOST_WIDTH || end > bytes.length) return null;
    columns.push(readPlanes(bytes, at + 1, length, width));
    at = end;
  }
  const [ids, ...others] = columns;
  if (!ids || at !== bytes.length) return null;
  for (let i = 1; i < ids.length; i++) {
    // The same series twice would be two rows of one bucket.
    if (ids[i] === 0) return null;
    ids[i] = (ids[i] ?? 0) + (ids[i - 1] ?? 0);
  }
  if ((ids.at(-1) ?? 0) > MOST_ID) return null;
  return { ids, perSeries: others.slice(0, SERIES_COLUMNS), perRow: others.slice(SERIES_COLUMNS) };
}

function differences(ascending: Float64Array): Float64Array {
  return ascending.map((value, i) => value - (i === 0 ? 0 : (ascending[i - 1] ?? 0)));
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
  for (let row = 0; row < length; row++) {
    let value = 0;
    for (let plane = width - 1; plane >= 0; plane--) {
      value = value * BYTE + (bytes[from + plane * length + row] ?? 0);
    }
    column[row] = value;
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
