import { describe, expect, it } from 'vitest';
import type { RollupRows } from '#core/rollup/rollup.ts';
import type { Resolution } from '#core/time/resolution.ts';
import { STATS_WINDOW_MS, statsReplySchema, statsWindowSchema } from '#core/wire/stats.ts';
import { Stats } from './stats.ts';
import { aRollup, aSeries } from './testing/builders.ts';
import { ScriptedStore } from './testing/scripted-store.ts';

const START_MS = Date.UTC(2024, 4, 6);
const HOUR_MS = 3_600_000;
const NOW_MS = START_MS + 12 * HOUR_MS + 62_345;

class CountingStore extends ScriptedStore {
  asked = 0;

  override rollups(fromMs: number, toMs: number, resolution: Resolution): RollupRows {
    this.asked++;
    return super.rollups(fromMs, toMs, resolution);
  }
}

function aStore(): CountingStore {
  return new CountingStore({ earliestMs: START_MS });
}

describe('stats', () => {
  it('A7 sums up the closed buckets of a window', async () => {
    const store = aStore();
    const to = START_MS + 12 * HOUR_MS + 60_000;
    const big = { tenantId: 'tenant', customerId: 'big', model: 'large' };
    const mixed = { tenantId: 'tenant', customerId: 'mixed', model: 'large' };
    store.use(to - HOUR_MS - 1_000, big, aRollup(1_000));
    store.use(to - HOUR_MS, big, aRollup(6));
    store.use(to - 1_000, mixed, aRollup(1));
    store.use(to - 2_000, { ...mixed, model: 'small' }, aRollup(2));
    store.use(to, big, aRollup(1_000));
    const reply = await new Stats(store).read('1h', NOW_MS);
    expect(statsReplySchema.parse(reply)).toEqual({
      epoch: 'epoch-1',
      window: '1h',
      from: to - HOUR_MS,
      to,
      totalCost: 0.0225,
      totalCostPerHour: 0.0225,
      totalCalls: 9,
      totalTokens: 9_000,
      avgLatencyMs: 700,
      activeCustomers: 2,
      topCustomers: [
        { customerId: 'big', tenantId: 'tenant', totalCost: 0.015, totalTokens: 6_000 },
        { customerId: 'mixed', tenantId: 'tenant', totalCost: 0.0075, totalTokens: 3_000 },
      ],
      costByModel: [
        { model: 'large', totalCost: 0.0175, totalTokens: 7_000 },
        { model: 'small', totalCost: 0.005, totalTokens: 2_000 },
      ],
    });
  });

  it('A7 gives the cost an hour, whatever the window', async () => {
    const store = aStore();
    store.use(NOW_MS - 62_345, aSeries(), aRollup(1_000));
    const stats = new Stats(store);
    expect((await stats.read('5m', NOW_MS)).totalCostPerHour).toBe(30);
    expect((await stats.read('24h', NOW_MS)).totalCostPerHour).toBeCloseTo(2.5 / 24, 12);
  });

  it('A7 names the ten that cost most, and counts them all', async () => {
    const store = aStore();
    for (let i = 1; i <= 14; i++) store.use(START_MS + 12 * HOUR_MS, aSeries(i), aRollup(i));
    const reply = await new Stats(store).read('15m', NOW_MS);
    expect(reply.activeCustomers).toBe(14);
    expect(reply.topCustomers.map((one) => one.customerId)).toEqual(
      [14, 13, 12, 11, 10, 9, 8, 7, 6, 5].map((number) => `customer-${number}`),
    );
  });

  it.each(statsWindowSchema.options)(
    'A7 sums up %s, and nothing at all if need be',
    async (window) => {
      const reply = await new Stats(aStore()).read(window, NOW_MS);
      expect(statsReplySchema.parse(reply)).toEqual(reply);
      expect(reply.to - reply.from).toBe(STATS_WINDOW_MS[window]);
      expect(reply.to).toBeLessThanOrEqual(NOW_MS);
      expect(reply).toMatchObject({ totalCost: 0, totalCostPerHour: 0, avgLatencyMs: 0 });
      expect(reply).toMatchObject({ activeCustomers: 0, topCustomers: [], costByModel: [] });
    },
  );

  it('A8 sums up once until another bucket closes, also for those who ask at the same time', async () => {
    const store = aStore();
    const stats = new Stats(store);
    store.use(NOW_MS - 62_345, aSeries(), aRollup());
    const [first, second] = await Promise.all([stats.read('5m', NOW_MS), stats.read('5m', NOW_MS)]);
    const asked = store.asked;
    expect(second).toBe(first);
    expect(await stats.read('5m', NOW_MS + 2_000)).toBe(first);
    expect(store.asked).toBe(asked);
    expect((await stats.read('5m', NOW_MS + 5_000)).to).toBe(first.to + 5_000);
    expect(store.asked).toBeGreaterThan(asked);
  });

  it('A8 forgets its sums when the data is revised or becomes another', async () => {
    const store = aStore();
    const stats = new Stats(store);
    const startMs = NOW_MS - 62_345;
    store.use(startMs, aSeries(), aRollup(1));
    expect((await stats.read('1h', NOW_MS)).totalCalls).toBe(1);
    store.revise(startMs, aSeries(), aRollup(5));
    expect((await stats.read('1h', NOW_MS)).totalCalls).toBe(5);
    store.startEpoch('epoch-2');
    expect(await stats.read('1h', NOW_MS)).toMatchObject({ epoch: 'epoch-2', totalCalls: 0 });
  });
});
