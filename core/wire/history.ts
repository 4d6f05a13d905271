import { z } from 'zod';
import { BucketTable } from '../rollup/bucket-table.ts';
import type { RollupRows } from '../rollup/rollup.ts';
import type { SeriesDictionary, SeriesKey } from '../rollup/series.ts';
import { RESOLUTION_MS } from '../time/resolution.ts';
import { countSchema, epochMsSchema, seriesKeySchema } from './fields.ts';
import { type Parsed, parseWith } from './parsed.ts';

export const resolutionSchema = z.enum(['5s', '1m', '1h']);

const columnsSchema = z.object({
  /** Rows of each series, in the order of `series`; the columns below are grouped so. */
  rows: z.array(countSchema),
  /** Bucket number from `from`; within a series each as the difference from the one before it. */
  bucket: z.array(countSchema),
  calls: z.array(countSchema),
  tokens: z.array(countSchema),
  costMicroUsd: z.array(countSchema),
  latencyMsSum: z.array(countSchema),
});

export const historyReplySchema = z
  .object({
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
    columns: columnsSchema,
  })
  .refine((reply) => hasMatchingLengths(reply.series, reply.columns), 'columns differ in length');

/** Body of `GET /api/metrics/history`: rollups of closed buckets, grouped by series. */
export type HistoryReply = z.infer<typeof historyReplySchema>;

type HistoryColumns = z.infer<typeof columnsSchema>;

export function parseHistoryReply(body: unknown): Parsed<HistoryReply> {
  return parseWith(historyReplySchema, body);
}

/** Packs rows, whose series ids are those of `dictionary`, for the wire. */
export function packHistory(
  rows: RollupRows,
  dictionary: SeriesDictionary,
  fromMs: number,
  resolutionMs: number,
): Pick<HistoryReply, 'series' | 'columns'> {
  const bySeries = new Map<number, number[]>();
  for (let i = 0; i < rows.length; i++) {
    const id = rows.series[i] ?? 0;
    const indices = bySeries.get(id);
    if (indices) indices.push(i);
    else bySeries.set(id, [i]);
  }
  const series: SeriesKey[] = [];
  const columns = emptyColumns();
  for (const [id, indices] of bySeries) {
    series.push(dictionary.keyOf(id));
    columns.rows.push(indices.length);
    let previous = 0;
    for (const i of indices) {
      const bucket = ((rows.bucketStartMs[i] ?? 0) - fromMs) / resolutionMs;
      columns.bucket.push(bucket - previous);
      previous = bucket;
      columns.calls.push(rows.calls[i] ?? 0);
      columns.tokens.push(rows.tokens[i] ?? 0);
      columns.costMicroUsd.push(rows.costMicroUsd[i] ?? 0);
      columns.latencyMsSum.push(rows.latencyMsSum[i] ?? 0);
    }
  }
  return { series, columns };
}

/** The rows of a reply, with ids of `dictionary`, which learns the series it has not seen. */
export function unpackHistory(reply: HistoryReply, dictionary: SeriesDictionary): RollupRows {
  const { columns } = reply;
  const resolutionMs = RESOLUTION_MS[reply.resolution];
  const table = new BucketTable(resolutionMs);
  let i = 0;
  for (const [index, key] of reply.series.entries()) {
    const id = dictionary.idOf(key);
    let bucket = 0;
    for (const end = i + (columns.rows[index] ?? 0); i < end; i++) {
      bucket += columns.bucket[i] ?? 0;
      table.add(reply.from + bucket * resolutionMs, id, {
        calls: columns.calls[i] ?? 0,
        tokens: columns.tokens[i] ?? 0,
        costMicroUsd: columns.costMicroUsd[i] ?? 0,
        latencyMsSum: columns.latencyMsSum[i] ?? 0,
      });
    }
  }
  return table.toRows();
}

function emptyColumns(): HistoryColumns {
  return { rows: [], bucket: [], calls: [], tokens: [], costMicroUsd: [], latencyMsSum: [] };
}

function hasMatchingLengths(series: readonly SeriesKey[], columns: HistoryColumns): boolean {
  const total = columns.rows.reduce((sum, count) => sum + count, 0);
  return (
    columns.rows.length === series.length &&
    [
      columns.bucket,
      columns.calls,
      columns.tokens,
      columns.costMicroUsd,
      columns.latencyMsSum,
    ].every((column) => column.length === total)
  );
}
