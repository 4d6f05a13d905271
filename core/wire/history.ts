import { z } from 'zod';
import { codeRows, decodeGroups, type GroupedRows, ungroup } from '../rollup/coded-columns.ts';
import type { RollupRows } from '../rollup/rollup.ts';
import type { SeriesDictionary } from '../rollup/series.ts';
import { RESOLUTION_MS } from '../time/resolution.ts';
import { epochMsSchema, seriesKeySchema } from './fields.ts';
import { type Parsed, parseWith } from './parsed.ts';
import { decodeVlq, encodeVlq } from './vlq.ts';

/** Rises when the same columns mean something else: what a client kept of an older one is of no use. */
export const HISTORY_FORMAT = 2;

export const resolutionSchema = z.enum(['5s', '1m', '1h']);

const numbersSchema = z
  .string()
  .describe('Whole numbers as base64 VLQ without a sign: digits of 5 bits, lowest first.');

export const historyReplySchema = z.object({
  epoch: z.string().min(1),
  revision: z.int().nonnegative(),
  resolution: resolutionSchema,
  /** Start of the first bucket, epoch ms. */
  from: epochMsSchema,
  /** Every closed bucket of `[from, completeTo)` is here: what has no row was not used. */
  completeTo: epochMsSchema,
  /** Where to ask on from; absent when everything asked for (and closed) is here. */
  nextFrom: epochMsSchema.optional(),
  series: z.array(seriesKeySchema),
  /** An entry for each of `series`: how many rows it has, and the totals of them. */
  perSeries: z.object({
    rows: numbersSchema,
    calls: numbersSchema,
    tokens: numbersSchema,
    costMicroUsd: numbersSchema,
    latencyMsSum: numbersSchema,
  }),
  /** An entry for each row, grouped by series: see `CodedColumns`. */
  perRow: z.object({
    skipped: numbersSchema,
    calls: numbersSchema,
    tokens: numbersSchema,
    costMicroUsd: numbersSchema,
    latencyMsSum: numbersSchema,
  }),
});

/** Body of `GET /api/metrics/history`: rollups of closed buckets. */
export type HistoryReply = z.infer<typeof historyReplySchema>;

/** A reply whose columns were read, and belong together. */
export interface HistoryPage extends Omit<HistoryReply, 'perSeries' | 'perRow'> {
  readonly groups: GroupedRows;
}

export function parseHistoryReply(body: unknown): Parsed<HistoryPage> {
  const parsed = parseWith(historyReplySchema, body);
  if (!parsed.ok) return parsed;
  const { perSeries, perRow, ...page } = parsed.value;
  const buckets = (page.completeTo - page.from) / RESOLUTION_MS[page.resolution];
  if (!Number.isInteger(buckets) || buckets < 0) {
    return { ok: false, reason: 'completeTo: not a whole number of buckets after `from`' };
  }
  const names = new Set(page.series.map((key) => JSON.stringify(key)));
  if (names.size < page.series.length) return { ok: false, reason: 'series: one is there twice' };
  const series = numbersOf(perSeries);
  const row = numbersOf(perRow);
  const groups = series && row ? decodeGroups({ perSeries: series, perRow: row }, buckets) : null;
  if (groups?.counts.length !== page.series.length) {
    return { ok: false, reason: 'perRow: the columns are not made of rows' };
  }
  return { ok: true, value: { ...page, groups } };
}

/** Packs rows, whose series ids are those of `dictionary`, for the wire. */
export function packHistory(
  rows: RollupRows,
  dictionary: SeriesDictionary,
  fromMs: number,
  resolutionMs: number,
): Pick<HistoryReply, 'series' | 'perSeries' | 'perRow'> {
  const { ids, perSeries, perRow } = codeRows(rows, fromMs, resolutionMs);
  const [counts = '', ...totals] = perSeries.map(encodeVlq);
  const [skipped = '', ...residuals] = perRow.map(encodeVlq);
  return {
    series: Array.from(ids, (id) => dictionary.keyOf(id)),
    perSeries: { rows: counts, ...measuresOf(totals) },
    perRow: { skipped, ...measuresOf(residuals) },
  };
}

/** The rows of a page, with ids of `dictionary`, which learns the series it has not seen. */
export function unpackHistory(page: HistoryPage, dictionary: SeriesDictionary): RollupRows {
  const ids = page.series.map((key) => dictionary.idOf(key));
  return ungroup(page.groups, ids, page.from, RESOLUTION_MS[page.resolution]);
}

function measuresOf([calls = '', tokens = '', costMicroUsd = '', latencyMsSum = '']: string[]) {
  return { calls, tokens, costMicroUsd, latencyMsSum };
}

/** Null: one of them is no base64 VLQ. */
function numbersOf(columns: HistoryReply['perSeries'] | HistoryReply['perRow']) {
  const first = 'rows' in columns ? columns.rows : columns.skipped;
  const { calls, tokens, costMicroUsd, latencyMsSum } = columns;
  const numbers = [first, calls, tokens, costMicroUsd, latencyMsSum].map(decodeVlq);
  return numbers.every((one) => one !== null) ? numbers : null;
}
