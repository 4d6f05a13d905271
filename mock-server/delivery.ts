import { FINEST_MS, ceilTo, floorTo } from '#core/time/resolution.ts';
import { type MetricUpdate, type MetricsReply, updateOf } from '#core/wire/metrics.ts';
import type { MetricStore } from './metric-store.ts';
import { type MetricsQuery, RAW_KEPT_MS } from './query.ts';

/** How far back an answer goes when nobody said since when. */
const DEFAULT_SPAN_MS = 5 * 60_000;
const POLL_INTERVAL_MS = 1_000;

/**
 * The updates after `query.since` that are known at `nowMs` (epoch ms), at most a page of them.
 * @returns a reply that is complete from its `since` to its `watermark`, but for its `gap`.
 */
export function deliver(store: MetricStore, query: MetricsQuery, nowMs: number): MetricsReply {
  const newest = store.watermarkAt(nowMs);
  const since = Math.min(query.since ?? defaultSince(nowMs), newest);
  const rawFromMs = nowMs - (query.rawMs ?? RAW_KEPT_MS);
  const { gap, fromMs } = rawPartOf(since, store, newest, rawFromMs);
  const page = pageOf(store, fromMs, newest, query.limit);
  const isRevised = query.revision !== undefined && query.revision < store.revision;
  return {
    metrics: page.metrics,
    nextPollAfter: page.watermark < newest ? 0 : POLL_INTERVAL_MS,
    since,
    watermark: page.watermark,
    epoch: store.epoch,
    revision: store.revision,
    ...(gap && { gap }),
    ...(isRevised && { revised: [...store.revisedSince(query.revision ?? 0)] }),
  };
}

function defaultSince(nowMs: number): number {
  return Math.max(-1, floorTo(nowMs - DEFAULT_SPAN_MS, FINEST_MS) - 1);
}

/** Where raw updates begin, and the whole 5 s buckets before it that are to be had from history; before the first use there is no gap. */
function rawPartOf(
  since: number,
  store: MetricStore,
  newest: number,
  keptFrom: number,
): { fromMs: number; gap: { from: number; to: number } | null } {
  if (since + 1 >= keptFrom) return { fromMs: since + 1, gap: null };
  const from = Math.max(floorTo(since + 1, FINEST_MS), store.earliestMs);
  // A source that lags has nothing closed after its watermark: the gap may not reach past it.
  const to = Math.min(ceilTo(keptFrom, FINEST_MS), floorTo(newest + 1, FINEST_MS));
  return { fromMs: Math.max(since + 1, to), gap: from < to ? { from, to } : null };
}

/** Whole ticks from `fromMs` on, until the next one would make it more than `limit` rows. */
function pageOf(
  store: MetricStore,
  fromMs: number,
  newest: number,
  limit: number,
): { metrics: MetricUpdate[]; watermark: number } {
  const metrics: MetricUpdate[] = [];
  for (const tick of store.ticks(fromMs, newest + 1)) {
    if (metrics.length > 0 && metrics.length + tick.rows.length > limit) {
      return { metrics, watermark: tick.startMs - 1 };
    }
    for (const row of tick.rows) {
      metrics.push(updateOf(tick.startMs, store.series.keyOf(row.series), row.rollup));
    }
  }
  return { metrics, watermark: newest };
}
