import type { Chunk } from '../rollup/chunk.ts';
import type { SeriesDictionary } from '../rollup/series.ts';
import type { Interval } from '../time/intervals.ts';
import type { Resolution } from '../time/resolution.ts';
import { isoIn, type Zone } from '../time/zone.ts';
import { type Filter, sliceOf } from './filter.ts';

const CSV_COLUMNS = [
  'bucket_start_utc',
  'resolution',
  'tenant_id',
  'customer_id',
  'model',
  'calls',
  'tokens',
  'cost_usd',
  'latency_ms_sum',
  'bucket_start_local',
  'zone',
] as const;

const MICRO_USD_DIGITS = 6;
/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const SPECIAL = /[",\r\n]/;

interface CsvInputs {
  /** Disjoint, ascending, at `resolution`. */
  readonly chunks: readonly Chunk[];
  readonly resolution: Resolution;
  readonly series: SeriesDictionary;
  readonly filter: Filter;
  readonly span: Interval;
  /** In which the local time of each bucket is told. */
  readonly zone: Zone;
}

/** What a slice used, as CSV (RFC 4180): the head, then a line for each bucket and series; each ends with CRLF. */
export function* csvLines({
  chunks,
  resolution,
  series,
  filter,
  span,
  zone,
}: CsvInputs): Generator<string> {
  yield `${CSV_COLUMNS.join()}\r\n`;
  const slice = sliceOf(filter, series);
  const names = series
    .keysFrom(0)
    .map((key) => [key.tenantId, key.customerId, key.model].map(cell).join());
  let told = { atMs: Number.NaN, utc: '', local: '' };
  for (const { rows } of chunks) {
    for (let i = 0; i < rows.length; i++) {
      const id = rows.series[i] ?? 0;
      const atMs = rows.bucketStartMs[i] ?? 0;
      if (slice[id] !== 1 || atMs < span.fromMs || atMs >= span.toMs) continue;
      // Rows ascend in time: an instant is told once for all rows of a bucket.
      if (told.atMs !== atMs) {
        told = { atMs, utc: new Date(atMs).toISOString(), local: isoIn(zone, atMs) };
      }
      const cost = usd(rows.costMicroUsd[i] ?? 0);
      const values = [rows.calls[i], rows.tokens[i], cost, rows.latencyMsSum[i]].join();
      const place = `${told.local},${cell(zone.name)}`;
      yield `${told.utc},${resolution},${names[id]},${values},${place}\r\n`;
    }
  }
}

/** Whole micro-dollars with six digits, which a division would not always give. */
function usd(microUsd: number): string {
  const digits = String(microUsd).padStart(MICRO_USD_DIGITS + 1, '0');
  return `${digits.slice(0, -MICRO_USD_DIGITS)}.${digits.slice(-MICRO_USD_DIGITS)}`;
}

/** A text as one value of a line. */
export function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return SPECIAL.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
