import { z } from 'zod';
import type { Rollup } from '../rollup/rollup.ts';
import type { SeriesKey } from '../rollup/series.ts';
import { countSchema, seriesKeySchema, spanSchema } from './fields.ts';
import { ledgerNewsSchema } from './anomalies.ts';
import { type Parsed, parseWith } from './parsed.ts';

const MICRO_USD_PER_USD = 1e6;

export const metricUpdateSchema = seriesKeySchema.extend({
  /** Start of the tick. */
  timestamp: z.iso.datetime(),
  totalCalls: countSchema,
  totalTokens: countSchema,
  /** US dollars: whole micro-dollars / 1e6. */
  totalCost: z.number().nonnegative(),
  /** Mean over the calls, unrounded; 0 without calls. */
  avgLatencyMs: z.number().nonnegative(),
});

/** What one customer used of one model during one tick. */
export type MetricUpdate = z.infer<typeof metricUpdateSchema>;

export const metricsReplySchema = z.object({
  /** Ascending by timestamp; all after `since`, none after `watermark`; a tick is never split over two replies. */
  metrics: z.array(metricUpdateSchema),
  /** ms to wait before the next question; 0: more is waiting. */
  nextPollAfter: z.number().nonnegative(),
  /** Where this reply starts, exclusive, epoch ms: the `since` that was asked for, or what the server made of it. */
  since: z.int().min(-1),
  /** Inclusive, epoch ms: every update with `since < timestamp <= watermark` is in this reply, but for `gap`. */
  watermark: z.int().min(-1),
  /** Id of the data set. */
  epoch: z.string().min(1),
  /** Rises when a closed bucket changes. */
  revision: z.int().nonnegative(),
  /** Not delivered, because raw updates are no longer kept: to be fetched from history. */
  gap: spanSchema.optional(),
  /** Spans whose closed buckets changed since the `revision` that was asked with. */
  revised: z.array(spanSchema).optional(),
  /** Incidents and decisions that are new to who asked; in answers to a poll alone, and while the ledger is open. */
  ...ledgerNewsSchema.partial().shape,
});

/** Body of `GET /api/metrics`, and of the stream's `metrics` event. */
export type MetricsReply = z.infer<typeof metricsReplySchema>;

export function parseMetricsReply(body: unknown): Parsed<MetricsReply> {
  return parseWith(metricsReplySchema, body);
}

/** The integers that an update was made from. */
export function rollupOf(update: MetricUpdate): Rollup {
  return {
    calls: update.totalCalls,
    tokens: update.totalTokens,
    costMicroUsd: Math.round(update.totalCost * MICRO_USD_PER_USD),
    latencyMsSum: Math.round(update.avgLatencyMs * update.totalCalls),
  };
}

/** The update that says what `rollup` says of the tick that starts at `tickMs` (epoch ms). */
export function updateOf(tickMs: number, key: SeriesKey, rollup: Rollup): MetricUpdate {
  return {
    timestamp: new Date(tickMs).toISOString(),
    tenantId: key.tenantId,
    customerId: key.customerId,
    model: key.model,
    totalCalls: rollup.calls,
    totalTokens: rollup.tokens,
    totalCost: rollup.costMicroUsd / MICRO_USD_PER_USD,
    avgLatencyMs: rollup.calls === 0 ? 0 : rollup.latencyMsSum / rollup.calls,
  };
}
