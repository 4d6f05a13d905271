import { describe, expect, it } from 'vitest';
import { explain } from './explain.ts';
import type { Explanation } from './explanation.ts';
import type { Incident } from './incident.ts';
import { type Change, MadeUsage } from './testing/usage.ts';
import { Watching } from './testing/watching.ts';

/** A day and a half of calm before anything happens, minutes. */
const T = 2_160;
const LASTS = 20;

/** What was learnt in it, which is the same for every test. */
const calm = new Watching(new MadeUsage()).see(0, T).save();

function explained(change: Omit<Change, 'from' | 'to'>): Explanation & { incident: Incident } {
  const usage = new MadeUsage([{ ...change, from: T, to: T + LASTS }]);
  const [incident] = new Watching(usage, {}, calm).see(T, T + LASTS).told.values();
  if (!incident) throw new Error('nothing was found');
  const before = usage.minutes(T - 60, T).rows;
  const during = usage.minutes(T, T + LASTS).rows;
  return { incident, ...explain(incident, { series: usage.series, before, during }) };
}

describe('explanation', () => {
  it('X22 names who did it, and which of their models, adding up to the money at stake', () => {
    const { incident, contributions, decomposition, first } = explained({
      customerId: 'acme',
      calls: 6,
    });
    expect(first).toEqual({ key: { dimension: 'customer', id: 'acme' }, percent: 100 });
    const [big, small] = contributions.models;
    expect(big?.id).toBe('big');
    expect((big?.percent ?? 0) + (small?.percent ?? 0)).toBe(100);
    expect(big?.percent).toBeGreaterThan(90);
    expect((big?.change ?? 0) + (small?.change ?? 0)).toBe(incident.extraMicroUsd);
    const { volume, size, mix, price } = decomposition;
    expect(volume + size + mix + price).toBe(incident.extraMicroUsd);
    expect(volume).toBeGreaterThan(0.95 * incident.extraMicroUsd);
  });

  it('X22 names the model that is slow, and who waits for it', () => {
    const { measure, contributions, first } = explained({ model: 'small', latency: 5 });
    expect(measure).toBe('latencyMsSum');
    expect(first?.key).toEqual({ dimension: 'model', id: 'small' });
    expect(contributions.customers.map((one) => one.id)).toEqual(['cedar', 'acme']);
    expect(contributions.customers[0]?.percent).toBeGreaterThan(60);
  });

  it('X22 tells a move to a dearer model from more usage', () => {
    const usage = new MadeUsage([
      { customerId: 'cedar', model: 'small', calls: 0, from: T, to: T + LASTS },
      { customerId: 'cedar', model: 'big', calls: 2.8, from: T, to: T + LASTS },
    ]);
    const incidents = [...new Watching(usage, {}, calm).see(T, T + LASTS).told.values()];
    const incident = incidents.find((one) => one.root.id === 'cedar');
    expect(incident?.kind).toBe('price-or-mix');
    if (!incident) return;
    const before = usage.minutes(T - 60, T).rows;
    const during = usage.minutes(T, T + LASTS).rows;
    const { decomposition, sentence } = explain(incident, {
      series: usage.series,
      before,
      during,
    });
    expect(decomposition.mix).toBeGreaterThan(0.9 * incident.extraMicroUsd);
    expect(sentence).toMatch(/^cedar has moved to big: 2\.\d times the usual price per token; /);
  });

  it('X22 says what is normal at this hour and what is', () => {
    const { usualMicroUsdPerHour, actualMicroUsdPerHour } = explained({
      customerId: 'birch',
      calls: 3,
    });
    const usual = 960 * 1_000 * 10 * 60;
    expect(usualMicroUsdPerHour / usual).toBeCloseTo(1, 1);
    expect(actualMicroUsdPerHour / usual).toBeCloseTo(3, 1);
  });

  it.each([
    [
      { customerId: 'acme', calls: 3 },
      /^acme's big calls tripled; 9\d % of \+\$[\d,]+\/h; largest rise in the 36 hours watched$/,
    ],
    [{ customerId: 'birch', calls: 2 }, /^birch's calls doubled; \+\$[\d,]+\/h; largest rise/],
    [
      { customerId: 'cedar', calls: 0.3 },
      /^cedar's big calls fell by (69|70|71) %; 8\d % of -\$[\d,]+\/h; deepest fall/,
    ],
    [{ model: 'small', latency: 4 }, /^small takes [34]\.\d times as long to answer as usual; /],
    [{ tenantId: 'north', calls: 0 }, /^north has had no calls for 20 min; /],
    [{ calls: 0 }, /^The feed is silent; /],
    [
      { customerId: 'birch', price: 2 },
      /^birch pays (1\.9|2\.0|2\.1) times the usual price per token; /,
    ],
  ] as const)('X23 is one sentence: %o', (change, sentence) => {
    expect(explained(change).sentence).toMatch(sentence);
  });
});
