import type { Rollup } from '#core/rollup/rollup.ts';
import { BUILD_HEADER, ROUTES, SERVER_TIME_HEADER } from '#core/wire/routes.ts';
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
  /** Every path that was asked for, in order. */
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
    for (const stream of this.#streams) stream.push(this.nowMs);
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

  fetch(path: string, signal: AbortSignal): Promise<Response> {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return Promise.race([this.#answer(path, signal), aborted]);
  }

  async #answer(path: string, signal: AbortSignal): Promise<Response> {
    this.asked.push(path);
    if (!this.isUp) throw new TypeError('connection refused');
    const url = new URL(path, 'http://localhost');
    if (url.pathname === ROUTES.stream && this.hasStream) return this.#openStream(url, signal);
    const endpoint = this.#endpoints.get(url.pathname);
    if (!endpoint) return this.#missing();
    if (this.pageRows !== null) url.searchParams.set('limit', String(this.pageRows));
    const answer = endpoint(url.searchParams, this.nowMs);
    const reply = Response.json(answer.ok ? await answer.body() : answer.problem, {
      status: answer.ok ? 200 : answer.problem.status,
      headers: { [BUILD_HEADER]: 'scripted', [SERVER_TIME_HEADER]: String(this.nowMs) },
    });
    return this.distort ? this.distort(reply, path) : reply;
  }

  #openStream(url: URL, signal: AbortSignal): Response {
    const read = readQuery(metricsQuerySchema, url.searchParams);
    if (!read.ok) return Response.json(read.problem, { status: 400 });
    const stream = new ScriptedStream(this.store, read.query, this.isStreamHeldBack);
    this.#streams.add(stream);
    signal.addEventListener('abort', () => this.#streams.delete(stream), { once: true });
    const { epoch, revision } = this.store;
    stream.send('hello', { epoch, revision, build: 'scripted', serverTime: this.nowMs });
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
    const headers = { [BUILD_HEADER]: 'scripted', [SERVER_TIME_HEADER]: String(this.nowMs) };
    return Response.json(
      { type: 'about:blank', title: 'Not Found', status: 404 },
      { status: 404, headers },
    );
  }
}

function rollupFor(n: number): Rollup {
  const calls = 1 + (n % 4);
  const tokens = calls * (100 + (n % 17));
  return { calls, tokens, costMicroUsd: tokens * 11, latencyMsSum: calls * 300 + (n % 5) };
}
