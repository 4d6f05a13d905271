import type { Writable } from 'node:stream';
import type { StreamEvent } from '#core/wire/stream.ts';
import type { LedgerMark } from '../ledger/ledger.ts';
import type { StreamQuery } from '../query.ts';
import { eventText } from './event-text.ts';
import type { MetricsPages } from './metrics-pages.ts';
import type { NewsEvents } from './news-events.ts';

/** What may wait to be taken by a reader at the live edge, bytes; when it is more, the next tick drops the connection. */
const MAX_BUFFERED_BYTES = 1_000_000;
/** A reader who has not taken a page of the past for so many heartbeats (2 min) is gone. */
const MAX_BEATS_WAITED = 8;
/** The same for one who had kept up with what comes, and fell behind since the server itself was late. */
const MAX_BEATS_WAITED_LIVE = 2;

export interface Subscription {
  /** Data set that the hello names; the stream ends with it. */
  readonly epoch: string;
  readonly query: StreamQuery;
  readonly news: NewsEvents;
  /** Told when the reader is dropped, because it takes nothing. */
  readonly onDropped: () => void;
  /** Told what went wrong while a page was made; the connection is then cut. */
  readonly onError: (error: unknown) => void;
}

/**
 * One reader of the stream. It is brought up to the live edge a page at a time, each when the connection has taken
 * the one before; from then on it gets what every tick brings.
 */
export class Subscriber {
  readonly #sink: Writable;
  readonly #pages: MetricsPages;
  readonly #subscription: Subscription;
  #next: StreamQuery;
  /** How much of the ledger it was told, or told of. */
  #told: LedgerMark | null = null;
  #isAtEdge = false;
  #wasAtEdge = false;
  #beatsWaited = 0;

  constructor(sink: Writable, pages: MetricsPages, subscription: Subscription) {
    this.#sink = sink;
    this.#pages = pages;
    this.#subscription = subscription;
    this.#next = subscription.query;
    sink.on('drain', () => {
      this.#beatsWaited = 0;
      if (!this.#isAtEdge) this.#catchUp();
    });
  }

  /** Says hello, and what is known, be it nothing new. */
  start(hello: Extract<StreamEvent, { name: 'hello' }>): void {
    this.#told = hello.data.ledger ?? null;
    this.#sink.write(eventText(hello));
    this.#sendPage();
    this.#catchUpLater();
  }

  /** A tick has ended. */
  tick(): void {
    if (!this.#isAtEdge || this.#isOver || this.#isStuck()) return;
    if (!this.#pages.hasNews(this.#next)) return;
    this.#sendPage();
    // A machine that slept has more than a page to tell.
    this.#isAtEdge = !this.#pages.hasNews(this.#next);
    if (!this.#isAtEdge) this.#catchUpLater();
  }

  /** The ledger has changed. Before the live edge that is said after the page that is being taken. */
  tellNews(): void {
    if (this.#isAtEdge && !this.#isOver && !this.#isStuck()) this.#sendNews();
  }

  /** Before the live edge it is the pages that say that the server is there. */
  beat(heartbeat: string): void {
    if (this.#isOver) return;
    if (this.#isAtEdge) this.#sink.write(heartbeat);
    else if (++this.#beatsWaited >= this.#mostBeats) this.#drop();
  }

  /** Says goodbye and ends; a connection that takes nothing is cut, since it would not take this either. */
  end(retryAfterMs: number): void {
    if (this.#isOver) return;
    if (this.#sink.writableNeedDrain) this.#sink.destroy();
    else this.#sink.end(eventText({ name: 'bye', data: { retryAfterMs } }));
  }

  get #mostBeats(): number {
    return this.#wasAtEdge ? MAX_BEATS_WAITED_LIVE : MAX_BEATS_WAITED;
  }

  get #isOver(): boolean {
    return this.#sink.destroyed || this.#sink.writableEnded;
  }

  /** Drops a reader who takes nothing. */
  #isStuck(): boolean {
    if (this.#sink.writableLength <= MAX_BUFFERED_BYTES) return false;
    this.#drop();
    return true;
  }

  #drop(): void {
    this.#sink.destroy();
    this.#subscription.onDropped();
  }

  /** Goes on when the connection has taken everything, after others had their turn. */
  #catchUpLater(): void {
    if (!this.#sink.writableNeedDrain) setImmediate(() => this.#catchUp());
  }

  #catchUp(): void {
    if (this.#isOver) return;
    this.#sendNews();
    // What that has filled is waited for as for a page.
    if (this.#sink.writableNeedDrain) return;
    if (this.#pages.hasNews(this.#next)) {
      this.#sendPage();
      this.#catchUpLater();
    } else {
      this.#isAtEdge = true;
      this.#wasAtEdge = true;
    }
  }

  #sendNews(): void {
    const news = this.#subscription.news.after(this.#told);
    if (!news) return;
    this.#told = news.mark;
    this.#sink.write(news.bytes);
  }

  #sendPage(): void {
    const { epoch, onError } = this.#subscription;
    try {
      const page = this.#pages.answer(this.#next);
      if (page.epoch !== epoch) return this.end(0);
      this.#next = page.next;
      this.#sink.write(page.bytes);
    } catch (error) {
      onError(error);
      this.#sink.destroy();
    }
  }
}
