import type { Rollup } from '#core/rollup/rollup.ts';
import { BUILD_HEADER, SERVER_TIME_HEADER } from '#core/wire/routes.ts';
import { type Endpoint, endpointsOf } from '#mock-server/api.ts';
import { ScriptedStore } from '#mock-server/testing/scripted-store.ts';

export const ACME = { tenantId: 'north', customerId: 'acme', model: 'gpt-4o' };
export const BOLT = { tenantId: 'south', customerId: 'bolt', model: 'claude' };

/** The product's own API over a scripted store, without sockets; its clock is the world's. */
export class ScriptedServer {
  nowMs: number;
  isUp = true;
  readonly store: ScriptedStore;
  /** Rows in a page of updates; null: as many as the product sends. */
  pageRows: number | null = null;
  /** Every path that was asked for, in order. */
  readonly asked: string[] = [];
  /** What goes out instead of the true reply; null: the reply as it is. */
  distort: ((reply: Response, path: string) => Response | Promise<Response>) | null = null;
  readonly #endpoints: ReadonlyMap<string, Endpoint>;

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

  fetch(path: string, signal: AbortSignal): Promise<Response> {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return Promise.race([this.#answer(path), aborted]);
  }

  async #answer(path: string): Promise<Response> {
    this.asked.push(path);
    if (!this.isUp) throw new TypeError('connection refused');
    const url = new URL(path, 'http://localhost');
    const endpoint = this.#endpoints.get(url.pathname);
    if (!endpoint) throw new Error(`no such endpoint: ${path}`);
    if (this.pageRows !== null) url.searchParams.set('limit', String(this.pageRows));
    const answer = await endpoint(url.searchParams, this.nowMs);
    const reply = Response.json(answer.ok ? answer.body : answer.problem, {
      status: answer.ok ? 200 : answer.problem.status,
      headers: { [BUILD_HEADER]: 'scripted', [SERVER_TIME_HEADER]: String(this.nowMs) },
    });
    return this.distort ? this.distort(reply, path) : reply;
  }
}

function rollupFor(n: number): Rollup {
  const calls = 1 + (n % 4);
  const tokens = calls * (100 + (n % 17));
  return { calls, tokens, costMicroUsd: tokens * 11, latencyMsSum: calls * 300 + (n % 5) };
}
