import type { Rollup } from '#core/rollup/rollup.ts';
import type { LedgerNews } from '#core/wire/anomalies.ts';
import { BUILD_HEADER, ROUTES, SERVER_TIME_HEADER } from '#core/wire/routes.ts';
import type { ScriptedLedger } from './scripted-ledger.ts';
import { ScriptedStream } from './scripted-stream.ts';
import { type Endpoint, endpointsOf } from '#mock-server/api.ts';
import { metricsQuerySchema, readQuery } from '#mock-server/query.ts';
import { ScriptedStore } from '#mock-server/testing/scripted-store.ts';

export const ACME = { tenantId: 'north', customerId: 'acme', model: 'gpt-4o' };
const BOLT = { tenantId: 'south', customerId: 'bolt', model: 'claude' };

/** The product's own API over a scripted store, without sockets; its clock is the world's. */
export class ScriptedServer {
  nowMs: number;
  isUp = true;
  readonly store: ScriptedStore;
  /** Whether there is a stream to be had; without one its route is not found. */
  hasStream = false;
  /** A proxy in between keeps what is streamed to itself. */
  isStreamHeldBack = false;
  /** Rows in a page of updates; null: as many as the product sends. */
  pageRows: number | null = null;
  /** Incidents and decisions; null: a server of before, which has none. */
  ledger: ScriptedLedger | null = null;
  isLedgerOpen = true;
  /** What happens to a decision on its way: before the server takes it, and before its answer is sent. */
  onPut: { arriving?: () => unknown; taken?: () => unknown } = {};
  /** Every path that was asked for, in order; what was put begins with PUT. */
  readonly asked: string[] = [];
  /** What goes out instead of the true reply; null: the reply as it is. */
  distort: ((reply: Response, path: string) => Response | Promise<Response>) | null = null;
  readonly #endpoints: ReadonlyMap<string, Endpoint>;
  readonly #streams = new Set<ScriptedStream>();

  constructor(nowMs: number, store = new ScriptedStore()) {
    this.nowMs = nowMs;
    this.store = store;
    this.#endpoints = endpointsOf(store, 'scripted');
  }

  /** Usage for every tick of `[fromMs, toMs)`: acme always, bolt in every third tick. */
  fill(fromMs: number, toMs: number): void {
    for (let atMs = fromMs; atMs < toMs; atMs += this.store.tickMs) {
      const tick = atMs / this.store.tickMs;
      this.store.use(atMs, ACME, rollupFor(tick));
      if (tick % 3 === 0) this.store.use(atMs, BOLT, rollupFor(tick + 7));
    }
  }

  /** Streams that are open now. */
  get openStreams(): number {
    return this.#streams.size;
  }

  /** What became known since is sent down every open stream, an empty tick too. */
  tick(): void {
    for (const stream of this.#streams) {
      stream.push(this.nowMs);
      if (this.#openLedger) stream.tell(this.#openLedger);
    }
  }

  heartbeat(): void {
    for (const stream of this.#streams) stream.send('heartbeat', { serverTime: this.nowMs });
  }

  /** Cuts every stream; without a word, or politely. */
  cutStreams(isPolite = false): void {
    for (const stream of this.#streams) {
      if (isPolite) stream.send('bye', { retryAfterMs: 500 });
      stream.cut();
    }
    this.#streams.clear();
  }

  fetch(path: string, signal: AbortSignal, sent?: string): Promise<Response> {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return Promise.race([this.#answer(path, signal, sent), aborted]);
  }

  get #openLedger(): ScriptedLedger | null {
    return this.isLedgerOpen ? this.ledger : null;
  }

  async #answer(path: string, signal: AbortSignal, sent?: string): Promise<Response> {
    this.asked.push(sent === undefined ? path : `PUT ${path}`);
    if (!this.isUp) throw new TypeError('connection refused');
    const url = new URL(path, 'http://localhost');
    if (this.ledger && url.pathname.startsWith(ROUTES.anomalies)) {
      const reply = await this.#answerOfLedger(url, sent);
      return this.distort ? this.distort(reply, path) : reply;
    }
    if (url.pathname === ROUTES.stream && this.hasStream) return this.#openStream(url, signal);
    const endpoint = this.#endpoints.get(url.pathname);
    if (!endpoint) return this.#missing();
    if (this.pageRows !== null) url.searchParams.set('limit', String(this.pageRows));
    const answer = endpoint(url.searchParams, this.nowMs);
    const body = answer.ok ? await answer.body() : answer.problem;
    const isPoll = answer.ok && url.pathname === ROUTES.metrics;
    const told = isPoll ? { ...(body as object), ...this.#newsFor(url) } : body; // a reply is an object
    const reply = this.#json(told, answer.ok ? 200 : answer.problem.status);
    return this.distort ? this.distort(reply, path) : reply;
  }

  async #answerOfLedger(url: URL, sent: string | undefined): Promise<Response> {
    const ledger = this.#openLedger;
    if (!ledger) return this.#json({ type: 'about:blank', title: 'Not open', status: 503 }, 503);
    if (sent === undefined) {
      const since = Number(url.searchParams.get('sinceRevision') ?? 0);
      return this.#json(ledger.changes(this.store.epoch, since));
    }
    await this.onPut.arriving?.();
    const id = url.pathname.split('/').at(-2) ?? '';
    const answer = ledger.decide(decodeURIComponent(id), JSON.parse(sent), this.nowMs);
    await this.onPut.taken?.();
    if ('problem' in answer) return this.#json(answer.problem, answer.problem.status);
    return this.#json(answer.body);
  }

  #newsFor(url: URL): LedgerNews | null {
    const ledger = this.#openLedger;
    if (!ledger) return null;
    const isOfThis = url.searchParams.get('ledger') === ledger.mark.id;
    const since = isOfThis ? Number(url.searchParams.get('ledgerRevision')) : null;
    return ledger.news(this.store.epoch, since);
  }

  #json(body: unknown, status = 200): Response {
    const headers = { [BUILD_HEADER]: 'scripted', [SERVER_TIME_HEADER]: String(this.nowMs) };
    return Response.json(body, { status, headers });
  }

  #openStream(url: URL, signal: AbortSignal): Response {
    const read = readQuery(metricsQuerySchema, url.searchParams);
    if (!read.ok) return Response.json(read.problem, { status: 400 });
    const stream = new ScriptedStream(this.store, read.query, this.isStreamHeldBack);
    this.#streams.add(stream);
    signal.addEventListener('abort', () => this.#streams.delete(stream), { once: true });
    const { epoch, revision } = this.store;
    const ledger = this.#openLedger?.mark;
    stream.send('hello', { epoch, revision, build: 'scripted', serverTime: this.nowMs, ledger });
    stream.toldRevision = ledger?.revision ?? 0;
    stream.push(this.nowMs);
    return new Response(stream.body, {
      headers: {
        'Content-Type': 'text/event-stream',
        [BUILD_HEADER]: 'scripted',
        [SERVER_TIME_HEADER]: String(this.nowMs),
      },
    });
  }

  /** The server's own 404: this one has no stream. */
  #missing(): Response {
    return this.#json({ type: 'about:blank', title: 'Not Found', status: 404 }, 404);
  }
}

function rollupFor(n: number): Rollup {
  const calls = 1 + (n % 4);
  const tokens = calls * (100 + (n % 17));
  return { calls, tokens, costMicroUsd: tokens * 11, latencyMsSum: calls * 300 + (n % 5) };
}
