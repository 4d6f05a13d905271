import { Buffer } from 'node:buffer';
import { deliver } from '../delivery.ts';
import type { MetricStore } from '../metric-store.ts';
import type { StreamQuery } from '../query.ts';
import { eventText } from './event-text.ts';

/** A `metrics` event, ready to be sent. */
export interface MetricsPage {
  readonly bytes: Buffer;
  readonly epoch: string;
  /** The question that goes on where this page ends. */
  readonly next: StreamQuery;
}

/**
 * Rows of a page, fewer than a poll's: a page stays in memory until its reader has taken it, and nothing else can be
 * said meanwhile. These are about 400 kB.
 */
const PAGE_ROWS = 2_000;

/** Makes `metrics` events of what is known by the server's clock; who asks for the same gets the same bytes. */
export class MetricsPages {
  readonly #store: MetricStore;
  readonly #now: () => number;
  #lastKey = '';
  #last: MetricsPage | null = null;

  /** @param now the server's clock, epoch ms */
  constructor(store: MetricStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Whether there is more to say to someone who has been told everything before `next`. */
  hasNews({ since = -1, revision }: StreamQuery): boolean {
    const newest = this.#store.watermarkAt(this.#now());
    // A clock that was set back knows less than was said: until it has caught up there is no news.
    return newest > since || (newest === since && revision !== this.#store.revision);
  }

  /** What a poll would answer to the same question. */
  answer(query: StreamQuery): MetricsPage {
    const nowMs = this.#now();
    const { epoch, revision } = this.#store;
    const known = [epoch, revision, this.#store.watermarkAt(nowMs)];
    const key = [...known, query.since, query.revision, query.rawMs].join();
    // At the live edge all ask the same, one right after the other: only the last answer is worth keeping.
    if (this.#last && key === this.#lastKey) return this.#last;
    const reply = deliver(this.#store, { ...query, limit: PAGE_ROWS }, nowMs);
    const text = eventText({ name: 'metrics', data: reply }, String(reply.watermark));
    const next = { ...query, since: reply.watermark, revision };
    this.#lastKey = key;
    this.#last = { bytes: Buffer.from(text), epoch, next };
    return this.#last;
  }
}
