import { Ingest } from '#core/live/ingest.ts';
import type { Interval } from '#core/time/intervals.ts';
import type { MetricsReply } from '#core/wire/metrics.ts';
import type { Cache } from './cache.ts';

/** Brings what the server delivers, by poll or by stream, into the cache. */
export class Intake {
  readonly #cache: Cache;
  #ingest: Ingest | null = null;
  #lastUsedMs: number | null = null;

  constructor(cache: Cache) {
    this.#cache = cache;
  }

  /** What to ask after, inclusive, server time; null: nothing was delivered yet. */
  get sinceMs(): number | null {
    const { current, coveredToMs } = this.#cache;
    // After a reload of the cache, and at the start, memory is what the cache says.
    if (!this.#ingest && current) this.#ingest = new Ingest(current.series, coveredToMs);
    return this.#ingest?.watermarkMs ?? null;
  }

  /** The newest tick in which anything was used, server time; before the first, where listening began. */
  get lastUsedMs(): number | null {
    return this.#lastUsedMs;
  }

  /** @returns false when the reply does not continue what is here: one must ask again, from `sinceMs` */
  async take(reply: MetricsReply): Promise<boolean> {
    const cache = this.#cache;
    if (reply.epoch !== cache.current?.epoch) {
      const isContinuing = this.sinceMs !== null;
      cache.beginEpoch(reply.epoch);
      this.#ingest = null;
      if (isContinuing) return false;
    }
    const { current } = cache;
    if (!current) return false;
    if (reply.revised && reply.revision > cache.revision) {
      await cache.revoke(reply.revised.map(intervalOf), reply.revision);
      this.#ingest = null;
      return false;
    }
    const ingest = (this.#ingest ??= new Ingest(current.series, cache.coveredToMs));
    ingest.accept(reply);
    this.#noteUse(reply);
    const closed = ingest.closed();
    if (closed) {
      if (!(await cache.storeLive(current, closed, reply.revision))) {
        this.#ingest = null;
        return false;
      }
      ingest.forgetBefore(closed.coveredToMs);
    }
    cache.setOpen(ingest.open());
    return true;
  }

  #noteUse(reply: MetricsReply): void {
    const last = reply.metrics.at(-1);
    if (last) this.#lastUsedMs = Date.parse(last.timestamp);
    else this.#lastUsedMs ??= reply.since;
  }
}

function intervalOf(span: { from: number; to: number }): Interval {
  return { fromMs: span.from, toMs: span.to };
}
