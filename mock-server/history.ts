import type { RollupRows } from '#core/rollup/rollup.ts';
import { RESOLUTION_MS, type Resolution, ceilTo, floorTo } from '#core/time/resolution.ts';
import { HISTORY_FORMAT, type HistoryReply, packHistory } from '#core/wire/history.ts';
import type { MetricStore } from './metric-store.ts';
import { type Answer, type HistoryQuery, badParameter } from './query.ts';
import { rollupChunks } from './rollup-chunks.ts';

const MAX_SPAN_DAYS = 400;
const MAX_SPAN_MS = MAX_SPAN_DAYS * 24 * 3_600_000;
/** A page ends before the chunk that would bring it over one of these: 300 KB, compressed. */
const PAGE_ROWS = 28_000;
const PAGE_BUCKETS = 20_000;
/** As many points as a chart can use. */
const AUTO_BUCKETS = 600;

/**
 * Rollups of the buckets of `[query.from, query.to)`, widened to whole ones, that are closed at `nowMs`;
 * one page. While all that is asked for is closed, the answer changes only with the revision, and has a tag.
 */
export function readHistory(
  store: MetricStore,
  query: HistoryQuery,
  nowMs: number,
): Answer<HistoryReply> {
  if (query.from >= query.to) {
    return { ok: false, problem: badParameter('from', 'give an instant before `to`') };
  }
  if (query.to - query.from > MAX_SPAN_MS) {
    const advice = `give an instant at most ${MAX_SPAN_DAYS} days before \`to\``;
    return { ok: false, problem: badParameter('from', advice) };
  }
  const { epoch, revision } = store;
  const resolution = query.resolution === 'auto' ? resolutionFor(query) : query.resolution;
  const resolutionMs = RESOLUTION_MS[resolution];
  const from = floorTo(query.from, resolutionMs);
  const askedTo = ceilTo(query.to, resolutionMs);
  const closedTo = floorTo(store.watermarkAt(nowMs) + 1, resolutionMs);
  const to = Math.max(from, Math.min(askedTo, closedTo));
  const tag = [HISTORY_FORMAT, epoch, revision, resolution, from, to].join('-');
  return {
    ok: true,
    tag: to === askedTo ? tag : null,
    body: async () => {
      const page = await pageOf(store, from, to, resolution);
      return {
        epoch,
        revision,
        resolution,
        from,
        completeTo: page.toMs,
        ...(page.toMs < to && { nextFrom: page.toMs }),
        ...packHistory(page.rows, store.series, from, resolutionMs),
      };
    },
  };
}

/** The finest resolution that gives a chart no more points than it can use, else the coarsest. */
function resolutionFor({ from, to }: HistoryQuery): Resolution {
  const resolutions = ['5s', '1m'] as const;
  return resolutions.find((one) => (to - from) / RESOLUTION_MS[one] <= AUTO_BUCKETS) ?? '1h';
}

async function pageOf(
  store: MetricStore,
  fromMs: number,
  toMs: number,
  resolution: Resolution,
): Promise<{ rows: RollupRows; toMs: number }> {
  const resolutionMs = RESOLUTION_MS[resolution];
  // Before the first use nothing needs to be looked up, and the page need not end.
  const usedFromMs = Math.min(Math.max(fromMs, floorTo(store.earliestMs, resolutionMs)), toMs);
  const pageToMs = Math.min(toMs, usedFromMs + PAGE_BUCKETS * resolutionMs);
  const parts: RollupRows[] = [];
  let length = 0;
  for await (const chunk of rollupChunks(store, usedFromMs, pageToMs, resolution)) {
    const isTooMuch = length > 0 && length + chunk.rows.length > PAGE_ROWS;
    if (isTooMuch) return { rows: joinRows(parts, length), toMs: chunk.fromMs };
    parts.push(chunk.rows);
    length += chunk.rows.length;
  }
  return { rows: joinRows(parts, length), toMs: pageToMs };
}

/** The rows of all parts, in order; `length` is how many there are. */
function joinRows(parts: readonly RollupRows[], length: number): RollupRows {
  const joined = {
    length,
    bucketStartMs: new Float64Array(length),
    series: new Uint32Array(length),
    calls: new Float64Array(length),
    tokens: new Float64Array(length),
    costMicroUsd: new Float64Array(length),
    latencyMsSum: new Float64Array(length),
  };
  let at = 0;
  for (const part of parts) {
    joined.bucketStartMs.set(part.bucketStartMs, at);
    joined.series.set(part.series, at);
    joined.calls.set(part.calls, at);
    joined.tokens.set(part.tokens, at);
    joined.costMicroUsd.set(part.costMicroUsd, at);
    joined.latencyMsSum.set(part.latencyMsSum, at);
    at += part.length;
  }
  return joined;
}
