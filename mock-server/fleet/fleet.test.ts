import { describe, expect, it } from 'vitest';
import type { RollupRows } from '#core/rollup/rollup.ts';
import { RESOLUTION_MS } from '#core/time/resolution.ts';
import { describeMetricStore } from '../metric-store-contract.ts';
import { type Fleet, type FleetOptions, createFleet } from './fleet.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const HOUR_MS = RESOLUTION_MS['1h'];
const DAY_MS = 24 * HOUR_MS;
/** A Wednesday. */
const WEDNESDAY_MS = Date.UTC(2026, 10, 18);
const SOME_NOW_MS = Date.UTC(2026, 10, 18, 12, 34, 56, 789);
const SEEDS = [1, 2, 3];

function aFleet(options: Partial<FleetOptions> = {}): Fleet {
  return createFleet({
    seed: 1,
    customers: 100,
    tenants: 7,
    tickMs: 1_000,
    incidents: 'off',
    startedAtMs: SOME_NOW_MS,
    ...options,
  });
}

/** Sums of one measure by a key of the row, such as its bucket or its customer. */
function sumsBy(
  rows: RollupRows,
  measure: 'calls' | 'tokens' | 'costMicroUsd',
  keyOf: (row: number) => string | number,
): Map<string | number, number> {
  const sums = new Map<string | number, number>();
  for (let row = 0; row < rows.length; row++) {
    const key = keyOf(row);
    sums.set(key, (sums.get(key) ?? 0) + (rows[measure][row] ?? 0));
  }
  return sums;
}

function byBucket(rows: RollupRows, measure: 'calls' | 'tokens' | 'costMicroUsd'): number[] {
  return [...sumsBy(rows, measure, (row) => rows.bucketStartMs[row] ?? 0).values()];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation / mean. */
function variation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2))) / middle;
}

describeMetricStore('fleet', () => aFleet({ incidents: 'on' }), SOME_NOW_MS);
describeMetricStore(
  'fleet with short ticks and a runaway agent',
  () => aFleet({ customers: 12, tenants: 3, tickMs: 200, incidents: 'now' }),
  SOME_NOW_MS + 30 * MINUTE_MS,
);
describeMetricStore(
  'fleet with a tick a bucket',
  () => aFleet({ seed: 9, customers: 40, tickMs: 5_000, incidents: 'on' }),
  // Some hours after it began to exist.
  Date.UTC(2024, 0, 1, 7, 8, 9),
);

describe('what a fleet spends', () => {
  it.each(SEEDS)('F4 is 80 to 130 thousand dollars an hour by day, with seed %i', (seed) => {
    const fleet = aFleet({ seed });
    const rows = fleet.rollups(WEDNESDAY_MS + 9 * HOUR_MS, WEDNESDAY_MS + 17 * HOUR_MS, '1h');
    const usdPerHour = byBucket(rows, 'costMicroUsd').map((microUsd) => microUsd / 1e6);
    expect(usdPerHour).toHaveLength(8);
    for (const usd of usdPerHour) {
      expect(usd).toBeGreaterThan(80_000);
      expect(usd).toBeLessThan(130_000);
    }
  });

  it.each(SEEDS)('F4 never falls below 25 thousand dollars an hour, with seed %i', (seed) => {
    const rows = aFleet({ seed }).rollups(WEDNESDAY_MS, WEDNESDAY_MS + 7 * DAY_MS, '1h');
    const usdPerHour = byBucket(rows, 'costMicroUsd').map((microUsd) => microUsd / 1e6);
    expect(usdPerHour).toHaveLength(7 * 24);
    expect(Math.min(...usdPerHour)).toBeGreaterThan(25_000);
  });

  it('F4 is less by night than by day, and less at the weekend than in the week', () => {
    const rows = aFleet().rollups(WEDNESDAY_MS, WEDNESDAY_MS + 7 * DAY_MS, '1h');
    const usage = byBucket(rows, 'costMicroUsd');
    const ofDays = Array.from({ length: 7 }, (_, day) =>
      mean(usage.slice(day * 24, day * 24 + 24)),
    );
    const [wed = 0, thu = 0, fri = 0, sat = 0, sun = 0, mon = 0, tue = 0] = ofDays;
    expect(Math.max(sat, sun)).toBeLessThan(0.75 * Math.min(wed, thu, fri, mon, tue));
    expect(mean(usage.slice(0, 5))).toBeLessThan(0.65 * mean(usage.slice(12, 17)));
  });

  it('F4 comes unequally from its customers: the largest spends about a tenth', () => {
    for (const seed of SEEDS) {
      const fleet = aFleet({ seed });
      const rows = fleet.rollups(WEDNESDAY_MS - 7 * DAY_MS, WEDNESDAY_MS, '1h');
      const customerOf = (row: number) => fleet.series.keyOf(rows.series[row] ?? 0).customerId;
      const spend = [...sumsBy(rows, 'costMicroUsd', customerOf).values()];
      const total = spend.reduce((sum, one) => sum + one, 0);
      const shares = spend.map((one) => one / total).sort((a, b) => b - a);
      expect(shares).toHaveLength(100);
      expect(shares[0]).toBeGreaterThan(0.07);
      expect(shares[0]).toBeLessThan(0.13);
      expect(shares.slice(50).reduce((sum, one) => sum + one, 0)).toBeLessThan(0.3);
    }
  });

  it('F4 is on 6 models or more, of which a customer uses one to three', () => {
    const keys = aFleet().series.keysFrom(0);
    const ofCustomer = new Map<string, number>();
    for (const { customerId } of keys)
      ofCustomer.set(customerId, (ofCustomer.get(customerId) ?? 0) + 1);
    expect(new Set(keys.map((key) => key.model)).size).toBeGreaterThanOrEqual(6);
    expect(new Set(keys.map((key) => key.tenantId)).size).toBe(7);
    expect(ofCustomer.size).toBe(100);
    expect(new Set(ofCustomer.values())).toEqual(new Set([1, 2, 3]));
  });

  it('F4 looks alive: tokens vary by 10 to 25 % from one 5 s bucket to the next', () => {
    for (const seed of SEEDS) {
      const from = WEDNESDAY_MS + 10 * HOUR_MS;
      const tokens = byBucket(aFleet({ seed }).rollups(from, from + 600_000, '5s'), 'tokens');
      expect(tokens).toHaveLength(120);
      expect(variation(tokens)).toBeGreaterThan(0.09);
      expect(variation(tokens)).toBeLessThan(0.25);
    }
  });

  it('F4 does not jump from one hour to the next', () => {
    const rows = aFleet().rollups(WEDNESDAY_MS, WEDNESDAY_MS + DAY_MS, '1m');
    const usage = byBucket(rows, 'costMicroUsd');
    const ratios = usage.slice(1).map((value, i) => Math.abs(Math.log(value / (usage[i] ?? 1))));
    const atHours = ratios.filter((_, i) => (i + 1) % 60 === 0);
    expect(atHours).toHaveLength(23);
    expect(mean(atHours)).toBeLessThan(1.4 * mean(ratios));
  });
});

describe('ticks of a fleet', () => {
  it.each([1_000, 200])('F5 have one row for every customer that is awake, at %i ms', (tickMs) => {
    const fleet = aFleet({ tickMs });
    const from = WEDNESDAY_MS + 12 * HOUR_MS;
    const ticks = [...fleet.ticks(from, from + MINUTE_MS)];
    const customersIn = ticks.map(({ rows }) =>
      rows.map((row) => fleet.series.keyOf(row.series).customerId),
    );
    expect(ticks).toHaveLength(MINUTE_MS / tickMs);
    for (const customers of customersIn) {
      expect(new Set(customers).size).toBe(customers.length);
      expect(customers.length).toBeGreaterThan(90);
      expect(customers).toEqual(customersIn[0]);
    }
    for (const row of ticks.flatMap((tick) => tick.rows)) {
      expect(row.rollup.tokens).toBeGreaterThan(0);
      expect(row.rollup.latencyMsSum).toBeGreaterThan(0);
    }
  });

  it('F5 give every model of a customer that is awake a turn in every minute', () => {
    for (const tickMs of [200, 1_000, 5_000]) {
      const fleet = aFleet({ tickMs });
      const from = WEDNESDAY_MS + 12 * HOUR_MS;
      const rows = fleet.rollups(from, from + 10 * MINUTE_MS, '1m');
      const minutesOf = sumsBy(rows, 'calls', (row) => rows.series[row] ?? 0);
      const awake = new Set(
        [...minutesOf.keys()].map((id) => fleet.series.keyOf(Number(id)).customerId),
      );
      const uses = fleet.series.keysFrom(0).filter((key) => awake.has(key.customerId));
      expect(rows.length).toBe(10 * uses.length);
    }
  });

  it('F5 leave a customer that sleeps without a row, for hours or days', () => {
    const fleet = aFleet();
    const rows = fleet.rollups(WEDNESDAY_MS, WEDNESDAY_MS + 14 * DAY_MS, '1h');
    const hoursOf = new Map<string, Set<number>>();
    for (let row = 0; row < rows.length; row++) {
      const { customerId } = fleet.series.keyOf(rows.series[row] ?? 0);
      const hours = hoursOf.get(customerId) ?? new Set();
      hoursOf.set(customerId, hours.add(rows.bucketStartMs[row] ?? 0));
    }
    const awakeHours = [...hoursOf.values()].map((hours) => hours.size);
    const nightSleepers = awakeHours.filter((hours) => hours < 14 * 18);
    const never = awakeHours.filter((hours) => hours === 14 * 24);
    expect(awakeHours).toHaveLength(100);
    expect(nightSleepers.length).toBeGreaterThan(5);
    expect(never.length).toBeGreaterThan(50);
    expect(never.length).toBeLessThan(95);
  });
});

describe('identity of a fleet', () => {
  it('F6 has another epoch, and other numbers, with another seed', () => {
    const [one, other] = [aFleet(), aFleet({ seed: 2 })];
    const span = [WEDNESDAY_MS, WEDNESDAY_MS + HOUR_MS, '1h'] as const;
    expect(other.epoch).not.toBe(one.epoch);
    expect(other.rollups(...span)).not.toEqual(one.rollups(...span));
  });

  it('F6 has another epoch with any other option, and 16 hexadecimal digits of it', () => {
    const epochs = [
      {},
      { customers: 101 },
      { tenants: 6 },
      { tickMs: 500 },
      { incidents: 'on' as const },
      { incidents: 'now' as const },
      { incidents: 'now' as const, startedAtMs: SOME_NOW_MS + 1 },
    ].map((options) => aFleet(options).epoch);
    expect(new Set(epochs).size).toBe(epochs.length);
    for (const epoch of epochs) expect(epoch).toMatch(/^[0-9a-f]{16}$/);
  });

  it('F6 does not depend on when the server started, but for incidents that do', () => {
    expect(aFleet({ startedAtMs: 0 }).epoch).toBe(aFleet().epoch);
  });
});
