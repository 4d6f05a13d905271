import { deliver } from '#mock-server/delivery.ts';
import type { MetricStore } from '#mock-server/metric-store.ts';
import type { MetricsQuery } from '#mock-server/query.ts';
import type { ScriptedLedger } from './scripted-ledger.ts';

const encoder = new TextEncoder();

/** One event stream of the scripted server: what the product's own poll would say, pushed. */
export class ScriptedStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #store: MetricStore;
  readonly #isHeldBack: boolean;
  #query: MetricsQuery;
  /** What of the ledger has been told. */
  toldRevision = 0;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  constructor(store: MetricStore, query: MetricsQuery, isHeldBack: boolean) {
    this.#store = store;
    this.#query = query;
    this.#isHeldBack = isHeldBack;
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#controller = null;
      },
    });
  }

  send(event: string, data: unknown): void {
    if (this.#isHeldBack) return;
    this.#controller?.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  }

  push(nowMs: number): void {
    for (;;) {
      const reply = deliver(this.#store, this.#query, nowMs);
      const { since } = this.#query;
      if (since !== undefined && reply.watermark <= since) return;
      this.send('metrics', reply);
      const { limit } = this.#query;
      this.#query = { limit, since: reply.watermark, revision: reply.revision };
      if (reply.nextPollAfter > 0) return;
    }
  }

  tell(ledger: ScriptedLedger): void {
    const news = ledger.news(this.#store.epoch, this.toldRevision);
    if (ledger.mark.revision === this.toldRevision) return;
    this.toldRevision = ledger.mark.revision;
    this.send(news.anomalies.length > 0 ? 'anomalies' : 'acks', news);
  }

  cut(): void {
    this.#controller?.error(new TypeError('connection lost'));
    this.#controller = null;
  }
}
