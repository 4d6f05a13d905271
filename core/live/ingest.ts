import { BucketTable } from '../rollup/bucket-table.ts';
import { type Chunk, rowsWithin } from '../rollup/chunk.ts';
import type { SeriesDictionary } from '../rollup/series.ts';
import { addInterval, clipTo, type IntervalSet, removeInterval } from '../time/intervals.ts';
import { ceilTo, FINEST_MS, floorTo } from '../time/resolution.ts';
import { type MetricsReply, rollupOf } from '../wire/metrics.ts';

/** Buckets that closed and are complete, ready to be stored. */
export interface ClosedBuckets {
  /** Disjoint, ascending, at least one. */
  readonly chunks: readonly Chunk[];
  /** End of the last closed bucket. */
  readonly coveredToMs: number;
}

const FOREVER_MS = Number.MAX_SAFE_INTEGER;

/**
 * Turns delivered updates into 5 s buckets. Applying a reply twice changes nothing: rows at or below
 * the watermark are dropped, and that is the whole de-duplication.
 */
export class Ingest {
  readonly #series: SeriesDictionary;
  readonly #table = new BucketTable(FINEST_MS);
  #watermarkMs: number | null;
  /** What was delivered and is not stored yet, to the millisecond. */
  #known: IntervalSet = [];

  /** @param coveredToMs end of the last stored bucket; null: start with whatever the server sends */
  constructor(series: SeriesDictionary, coveredToMs: number | null) {
    this.#series = series;
    this.#watermarkMs = coveredToMs === null ? null : coveredToMs - 1;
  }

  /** Inclusive, server time: everything up to here was delivered. It is the `since` of the next question. */
  get watermarkMs(): number | null {
    return this.#watermarkMs;
  }

  accept(reply: MetricsReply): void {
    const afterMs = Math.max(this.#watermarkMs ?? reply.since, reply.since);
    if (reply.watermark <= afterMs) {
      this.#watermarkMs ??= reply.watermark;
      return;
    }
    for (const update of reply.metrics) {
      const atMs = Date.parse(update.timestamp);
      if (atMs <= afterMs || atMs > reply.watermark) continue;
      this.#table.add(atMs, this.#series.idOf(update), rollupOf(update));
    }
    this.#known = addInterval(this.#known, { fromMs: afterMs + 1, toMs: reply.watermark + 1 });
    if (reply.gap) {
      this.#known = removeInterval(this.#known, { fromMs: reply.gap.from, toMs: reply.gap.to });
    }
    this.#watermarkMs = reply.watermark;
  }

  /** The complete buckets that closed since `forgetBefore`; null: none did. */
  closed(): ClosedBuckets | null {
    if (this.#watermarkMs === null) return null;
    const coveredToMs = floorTo(this.#watermarkMs + 1, FINEST_MS);
    const closed = this.#table.rowsBefore(coveredToMs);
    // A bucket whose beginning or end was not delivered is not complete: it is left to history.
    const chunks = this.#known.flatMap((one) => {
      const fromMs = ceilTo(one.fromMs, FINEST_MS);
      const toMs = Math.min(floorTo(one.toMs, FINEST_MS), coveredToMs);
      return fromMs < toMs ? [{ fromMs, toMs, rows: rowsWithin(closed, { fromMs, toMs }) }] : [];
    });
    return chunks.length === 0 ? null : { chunks, coveredToMs };
  }

  /** What is known beyond the last stored bucket, up to the watermark: its last bucket is still filling. */
  open(): Chunk | null {
    const last = this.#known.at(-1);
    if (!last) return null;
    const span = { fromMs: ceilTo(last.fromMs, FINEST_MS), toMs: last.toMs };
    if (span.fromMs >= span.toMs) return null;
    return { ...span, rows: rowsWithin(this.#table.toRows(), span) };
  }

  /** Lets go of the buckets that start before `storedToMs`, once they are stored. */
  forgetBefore(storedToMs: number): void {
    this.#table.dropBefore(storedToMs);
    this.#known = clipTo(this.#known, { fromMs: storedToMs, toMs: FOREVER_MS });
  }
}
