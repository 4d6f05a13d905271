import type { Writable } from 'node:stream';
import type { Logger } from 'pino';
import { floorTo } from '#core/time/resolution.ts';
import type { NewsDesk } from '../ledger/news-desk.ts';
import type { MetricStore } from '../metric-store.ts';
import type { StreamQuery } from '../query.ts';
import { eventText } from './event-text.ts';
import { MetricsPages } from './metrics-pages.ts';
import { NewsEvents } from './news-events.ts';
import { Subscriber } from './subscriber.ts';

const HEARTBEAT_MS = 15_000;
/** A restart takes about so long. */
const RETRY_AFTER_STOP_MS = 1_000;

export interface BroadcasterDeps {
  readonly store: MetricStore;
  readonly news: Pick<NewsDesk, 'mark' | 'since' | 'onChange'>;
  readonly build: string;
  /** The server's clock, epoch ms. */
  readonly now: () => number;
  readonly log: Pick<Logger, 'error' | 'warn'>;
}

/**
 * Tells all who read the stream of a store what every tick brought, by one timer that runs while anyone reads, and in
 * between what is new in the ledger.
 */
export class Broadcaster {
  readonly #deps: BroadcasterDeps;
  readonly #pages: MetricsPages;
  readonly #news: NewsEvents;
  readonly #ignoreNews: () => void;
  readonly #subscribers = new Set<Subscriber>();
  #timer: NodeJS.Timeout | null = null;
  /** Number of the last heartbeat, counted from the epoch. */
  #beat = 0;
  #isClosed = false;

  constructor(deps: BroadcasterDeps) {
    this.#deps = deps;
    this.#pages = new MetricsPages(deps.store, deps.now);
    this.#news = new NewsEvents(deps.news);
    this.#ignoreNews = deps.news.onChange(() => {
      for (const subscriber of this.#subscribers) subscriber.tellNews();
    });
  }

  /** Streams into `sink` what is known after `query.since`, and what comes, until one of them ends. */
  subscribe(sink: Writable, query: StreamQuery): void {
    const { store, log } = this.#deps;
    const subscriber = new Subscriber(sink, this.#pages, {
      epoch: store.epoch,
      query,
      news: this.#news,
      onDropped: () => log.warn('a reader of the stream takes nothing, and is dropped'),
      onError: (error) => log.error({ err: error }, 'a stream failed'),
    });
    if (this.#isClosed) return subscriber.end(RETRY_AFTER_STOP_MS);
    // What is closed already will not say so again.
    if (sink.destroyed) return;
    this.#subscribers.add(subscriber);
    sink.once('close', () => this.#forget(subscriber));
    subscriber.start(this.#hello());
    if (!this.#timer) this.#waitForTick();
  }

  /** Says goodbye to all, and to whoever comes later. May be called twice. */
  close(): void {
    this.#isClosed = true;
    this.#ignoreNews();
    this.#stopTimer();
    for (const subscriber of this.#subscribers) subscriber.end(RETRY_AFTER_STOP_MS);
  }

  #hello() {
    const { store, build, now } = this.#deps;
    const { epoch, revision } = store;
    const { mark } = this.#news;
    const data = { epoch, build, serverTime: now(), revision, ...(mark && { ledger: mark }) };
    return { name: 'hello', data } as const;
  }

  #forget(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size === 0) this.#stopTimer();
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Counted from the clock each time, so that delays do not add up. */
  #waitForTick(): void {
    const nowMs = this.#deps.now();
    const { tickMs } = this.#deps.store;
    const endMs = floorTo(nowMs, tickMs) + tickMs;
    this.#beat = Math.floor(nowMs / HEARTBEAT_MS);
    this.#timer = setTimeout(() => this.#tick(), endMs - nowMs);
  }

  #tick(): void {
    const serverTime = this.#deps.now();
    const isBeat = Math.floor(serverTime / HEARTBEAT_MS) !== this.#beat;
    for (const subscriber of this.#subscribers) subscriber.tick();
    if (isBeat) {
      const heartbeat = eventText({ name: 'heartbeat', data: { serverTime } });
      for (const subscriber of this.#subscribers) subscriber.beat(heartbeat);
    }
    this.#waitForTick();
  }
}
