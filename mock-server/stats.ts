import { type Rollup, type RollupRows, NOTHING, mergeRollups } from '#core/rollup/rollup.ts';
import type { SeriesKey } from '#core/rollup/series.ts';
import { RESOLUTION_MS, type Resolution, floorTo } from '#core/time/resolution.ts';
import { STATS_WINDOW_MS, type StatsReply, type StatsWindow } from '#core/wire/stats.ts';
import type { MetricStore } from './metric-store.ts';
import { rollupChunks } from './rollup-chunks.ts';

const TOP_CUSTOMERS = 10;
const MICRO_USD_PER_USD = 1e6;
const HOUR_MS = RESOLUTION_MS['1h'];

/** The resolution that each window is summed from: fine enough to be fresh, coarse enough to be quick. */
const SUMMED_FROM: Readonly<Record<StatsWindow, Resolution>> = {
  '5m': '5s',
  '15m': '5s',
  '1h': '1m',
  '24h': '1m',
  '7d': '1h',
  '30d': '1h',
};

interface Remembered {
  /** Names the closed buckets that were summed; another name is another answer. */
  readonly key: string;
  readonly reply: Promise<StatsReply>;
}

/** Sums up the closed buckets of a window; each window's answer is kept until another bucket closes. */
export class Stats {
  readonly #store: MetricStore;
  readonly #remembered = new Map<StatsWindow, Remembered>();

  constructor(store: MetricStore) {
    this.#store = store;
  }

  /** What was used in the window that ends with the last bucket closed at `nowMs` (epoch ms). */
  read(window: StatsWindow, nowMs: number): Promise<StatsReply> {
    const store = this.#store;
    const resolutionMs = RESOLUTION_MS[SUMMED_FROM[window]];
    const to = floorTo(store.watermarkAt(nowMs) + 1, resolutionMs);
    const key = `${store.epoch} ${store.revision} ${to}`;
    const known = this.#remembered.get(window);
    if (known?.key === key) return known.reply;
    const reply = summarise(store, window, to);
    this.#remembered.set(window, { key, reply });
    reply.catch(() => this.#remembered.delete(window));
    return reply;
  }
}

async function summarise(store: MetricStore, window: StatsWindow, to: number): Promise<StatsReply> {
  const { epoch } = store;
  const spanMs = STATS_WINDOW_MS[window];
  const from = Math.max(0, to - spanMs);
  const bySeries = new Map<number, Rollup>();
  for await (const chunk of rollupChunks(store, from, to, SUMMED_FROM[window])) {
    addRows(bySeries, chunk.rows);
  }
  const used = [...bySeries].map(([id, rollup]) => ({ key: store.series.keyOf(id), rollup }));
  const total = used.reduce((sum, { rollup }) => mergeRollups(sum, rollup), NOTHING);
  const customers = sumBy(used, (key) => `${key.tenantId}\u0000${key.customerId}`);
  const models = sumBy(used, (key) => key.model);
  return {
    epoch,
    window,
    from,
    to,
    totalCost: usdOf(total),
    totalCostPerHour: (usdOf(total) * HOUR_MS) / spanMs,
    totalCalls: total.calls,
    totalTokens: total.tokens,
    avgLatencyMs: total.calls === 0 ? 0 : total.latencyMsSum / total.calls,
    activeCustomers: customers.length,
    topCustomers: customers.slice(0, TOP_CUSTOMERS).map(({ key, rollup }) => ({
      customerId: key.customerId,
      tenantId: key.tenantId,
      totalCost: usdOf(rollup),
      totalTokens: rollup.tokens,
    })),
    costByModel: models.map(({ key, rollup }) => ({
      model: key.model,
      totalCost: usdOf(rollup),
      totalTokens: rollup.tokens,
    })),
  };
}

interface Usage {
  readonly key: SeriesKey;
  readonly rollup: Rollup;
}

/** One usage a group, with the key of its first series; by cost, highest first. */
function sumBy(usages: readonly Usage[], groupOf: (key: SeriesKey) => string): Usage[] {
  const groups = new Map<string, Usage>();
  for (const { key, rollup } of usages) {
    const name = groupOf(key);
    const known = groups.get(name);
    groups.set(
      name,
      known ? { key: known.key, rollup: mergeRollups(known.rollup, rollup) } : { key, rollup },
    );
  }
  return [...groups.values()].sort((a, b) => b.rollup.costMicroUsd - a.rollup.costMicroUsd);
}

function addRows(bySeries: Map<number, Rollup>, rows: RollupRows): void {
  for (let i = 0; i < rows.length; i++) {
    const id = rows.series[i] ?? 0;
    const rollup = {
      calls: rows.calls[i] ?? 0,
      tokens: rows.tokens[i] ?? 0,
      costMicroUsd: rows.costMicroUsd[i] ?? 0,
      latencyMsSum: rows.latencyMsSum[i] ?? 0,
    };
    bySeries.set(id, mergeRollups(bySeries.get(id) ?? NOTHING, rollup));
  }
}

function usdOf(rollup: Rollup): number {
  return rollup.costMicroUsd / MICRO_USD_PER_USD;
}
