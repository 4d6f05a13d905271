import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import type { TraceColumns } from '../config.ts';
import { tenthsBetween } from './trace-instant.ts';
import { type SkippedRow, type TraceRequest, TraceRows } from './trace-rows.ts';

/** A recorded trace, read and in order. */
export interface TraceFile {
  /** Of the file's bytes, hex. */
  readonly sha256: string;
  /** At least one, ascending in time. */
  readonly requests: readonly TraceRequest[];
  /** Rows after the header, skipped ones included. */
  readonly total: number;
  readonly skipped: number;
  readonly firstSkipped: SkippedRow | null;
}

/** Reads a CSV file; when it is no trace, one line says why and what to do. */
export async function readTraceFile(
  path: string,
  columns: TraceColumns,
): Promise<{ ok: true; file: TraceFile } | { ok: false; reason: string }> {
  const rows = new TraceRows(columns);
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hashing(hash), csvParser(), addingTo(rows));
  } catch (error) {
    return { ok: false, reason: `TRACE_FILE is "${path}": ${adviceFor(error)}` };
  }
  if (rows.failure !== null) {
    return { ok: false, reason: `TRACE_FILE is "${path}", which ${rows.failure}` };
  }
  const { requests, total, skipped, firstSkipped } = rows;
  // Sorting is stable: rows of one instant stay in the file's order.
  requests.sort((a, b) => tenthsBetween(b.at, a.at));
  return { ok: true, file: { sha256: hash.digest('hex'), requests, total, skipped, firstSkipped } };
}

function hashing(hash: { update(chunk: Buffer): unknown }) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
}

function csvParser() {
  return parse({
    bom: true,
    info: true,
    // One line is one row: a stray quote would otherwise swallow all rows up to the next one.
    quote: null,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
  });
}

function addingTo(rows: TraceRows) {
  return async (records: AsyncIterable<unknown>): Promise<void> => {
    const csv = records as AsyncIterable<CsvRecord>; // the shape that the option `info` gives
    for await (const { record, info } of csv) rows.add(record, info.lines);
  };
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function adviceFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'there is no such file: give the path of a CSV file.';
  if (code === 'EISDIR') return 'that is a folder: give the path of a CSV file.';
  if (code === 'EACCES') return 'it may not be read: change its permissions.';
  return `it cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
}
