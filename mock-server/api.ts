import type { HealthReply } from '#core/wire/health.ts';
import { ROUTES } from '#core/wire/routes.ts';
import { deliver } from './delivery.ts';
import type { LedgerMark } from './ledger/ledger.ts';
import type { NewsDesk } from './ledger/news-desk.ts';
import { readHistory } from './history.ts';
import type { MetricStore } from './metric-store.ts';
import {
  type Answer,
  type MetricsQuery,
  badParameter,
  historyQuerySchema,
  metricsQuerySchema,
  readQuery,
  statsQuerySchema,
} from './query.ts';
import { Stats } from './stats.ts';

/** Answers a question asked with `parameters` at `nowMs` (epoch ms). */
export type Endpoint = (parameters: URLSearchParams, nowMs: number) => Answer<unknown>;

/** The same for what may have to ask others first; what stands in the path is a parameter too. */
export type SlowEndpoint = (
  ...asked: Parameters<Endpoint>
) => Answer<unknown> | Promise<Answer<unknown>>;

/** The same for what is sent with a body, which may be anything. */
export type TakingEndpoint = (
  parameters: URLSearchParams,
  body: unknown,
  nowMs: number,
) => Promise<Answer<unknown>>;

const NO_LEDGER = { since: () => null };

/** What the API answers to GET, by path: all of it but HTTP. */
export function endpointsOf(
  store: MetricStore,
  build: string,
  news: Pick<NewsDesk, 'since'> = NO_LEDGER,
): ReadonlyMap<string, Endpoint> {
  const stats = new Stats(store);
  return new Map<string, Endpoint>([
    [ROUTES.health, (_, nowMs) => fresh(() => healthOf(store, build, nowMs))],
    [
      ROUTES.metrics,
      (parameters, nowMs) => {
        const read = readQuery(metricsQuerySchema, parameters);
        if (!read.ok) return read;
        const { query } = read;
        const untold = missingOf(query);
        if (untold) return { ok: false, problem: badParameter(...untold) };
        return fresh(() => ({ ...deliver(store, query, nowMs), ...news.since(toldOf(query)) }));
      },
    ],
    [
      ROUTES.history,
      (parameters, nowMs) => {
        const read = readQuery(historyQuerySchema, parameters);
        return read.ok ? readHistory(store, read.query, nowMs) : read;
      },
    ],
    [
      ROUTES.stats,
      (parameters, nowMs) => {
        const read = readQuery(statsQuerySchema, parameters);
        return read.ok ? fresh(() => stats.read(read.query.window, nowMs)) : read;
      },
    ],
  ]);
}

/** One of the two is of no use; null: both or neither were given. */
function missingOf({ ledger, ledgerRevision }: MetricsQuery): [string, string] | null {
  if ((ledger === undefined) === (ledgerRevision === undefined)) return null;
  return ledger === undefined
    ? ['ledger', 'give it with `ledgerRevision`']
    : ['ledgerRevision', 'give it with `ledger`'];
}

function toldOf({ ledger: id, ledgerRevision: revision }: MetricsQuery): LedgerMark | null {
  return id === undefined || revision === undefined ? null : { id, revision };
}

/** What is another a moment later. */
function fresh(body: () => unknown): Answer<unknown> {
  return { ok: true, tag: null, body };
}

function healthOf(store: MetricStore, build: string, nowMs: number): HealthReply {
  return {
    status: 'ok',
    build,
    epoch: store.epoch,
    serverTime: nowMs,
    watermark: store.watermarkAt(nowMs),
    source: store.source,
  };
}
