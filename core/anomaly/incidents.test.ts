import { describe, expect, it } from 'vitest';
import { hashOf } from './hash.ts';
import { incidentIdOf, severityOf } from './incident.ts';
import { type Change, MadeUsage, START_MS } from './testing/usage.ts';
import { EPOCH, Watching } from './testing/watching.ts';

const MINUTE_MS = 60_000;
/** Minutes of calm before anything happens. */
const T = 1_500;

/** What was learnt in them, which is the same for every test. */
const calm = new Watching(new MadeUsage()).see(0, T).save();

function linesOf(changes: readonly Change[], to = T + 90): readonly string[] {
  return new Watching(new MadeUsage(changes), {}, calm).see(T, to).lines(START_MS);
}

const span = (from: number, to: number) => ({ from: T + from, to: T + to });

describe('incidents', () => {
  it('X14 are one for one cause, at its root, whatever else it moves', () => {
    expect(linesOf([{ ...span(0, 30), customerId: 'cedar', calls: 8 }])).toEqual([
      `spend-spike customer:cedar ${T}-${T + 31}`,
    ]);
    expect(linesOf([{ ...span(0, 30), model: 'small', latency: 4 }])).toEqual([
      `latency model:small ${T}-${T + 31}`,
    ]);
    expect(linesOf([{ ...span(0, 12), tenantId: 'south', calls: 0 }])).toHaveLength(1);
    expect(linesOf([{ ...span(0, 12), model: 'small', calls: 0 }])).toEqual([
      `outage model:small ${T}-${T + 12}`,
    ]);
    expect(linesOf([{ ...span(0, 12), calls: 0 }])).toEqual([`silence total: ${T}-${T + 12}`]);
  });

  it('X14 are two for two causes, at the same time or later', () => {
    const changes = [
      { ...span(0, 40), customerId: 'cedar', calls: 8 },
      { ...span(20, 60), customerId: 'birch', calls: 9 },
      { ...span(30, 50), model: 'small', latency: 5 },
    ];
    const lines = linesOf(changes).map((line) => line.split('-').slice(0, -1).join('-'));
    expect(lines).toContain(`spend-spike customer:cedar ${T}`);
    expect(lines).toContain(`spend-spike customer:birch ${T + 20}`);
    expect(lines).toContain(`latency model:small ${T + 30}`);
    expect(lines).toHaveLength(3);
  });

  it('X14 leave an outage its own, though something goes on in a part of it', () => {
    const wideLater = linesOf([
      { ...span(0, 60), customerId: 'cedar', calls: 8 },
      { ...span(30, 40), model: 'big', calls: 0 },
    ]);
    expect(wideLater).toContain(`outage model:big ${T + 30}-${T + 40}`);
  });

  it('X15 are of a kind: spend, volume, price, drop', () => {
    const of = (change: Omit<Change, 'from' | 'to'>) =>
      linesOf([{ ...span(0, 30), customerId: 'birch', ...change }], T + 10)[0]?.split(' ')[0];
    expect(of({ calls: 6 })).toBe('spend-spike');
    expect(of({ calls: 3, tokensPerCall: 0.35, latency: 2.5 })).toBe('volume');
    expect(of({ price: 1.8 })).toBe('price-or-mix');
    expect(of({ calls: 0.2 })).toBe('drop');
    expect(of({ latency: 4 })).toBe('latency');
  });

  it('X16 go on when they come back at once, and are new when they come back later', () => {
    const twice = (pause: number) =>
      linesOf([
        { ...span(0, 20), customerId: 'cedar', calls: 8 },
        { ...span(20 + pause, 40 + pause), customerId: 'cedar', calls: 8 },
      ]);
    expect(twice(5)).toEqual([`spend-spike customer:cedar ${T}-${T + 46}`]);
    expect(twice(30)).toEqual([
      `spend-spike customer:cedar ${T}-${T + 21}`,
      `spend-spike customer:cedar ${T + 50}-${T + 71}`,
    ]);
  });

  it('X17 have what was spent beyond the trend, and what an hour of it costs', () => {
    const usage = new MadeUsage([{ ...span(0, 60), customerId: 'birch', calls: 6 }]);
    const [incident] = new Watching(usage, {}, calm).see(T, T + 60).told.values();
    // 960 calls a minute of 1,000 tokens at 10 micro-dollars, five times more than usual.
    const perHour = 5 * 960 * 1_000 * 10 * 60;
    expect(incident?.extraMicroUsd).toBeGreaterThan(0.95 * perHour);
    expect(incident?.extraMicroUsd).toBeLessThan(1.05 * perHour);
    expect(incident?.extraMicroUsdPerHour).toBeGreaterThan(0.95 * perHour);
    expect(incident?.extraMicroUsdPerHour).toBeLessThan(1.05 * perHour);
    expect(incident?.severity).toBe('critical');
    expect(incident?.peakMs).toBeGreaterThanOrEqual(START_MS + T * MINUTE_MS);
  });

  it('X17 are not told of while they cost less than the floor', () => {
    const usage = new MadeUsage([{ ...span(0, 30), customerId: 'birch', calls: 6 }]);
    const perHour = 5 * 960 * 1_000 * 10 * 60;
    const told = (floorMicroUsdPerHour: number) =>
      new Watching(usage, { floorMicroUsdPerHour }, calm).see(T, T + 30).told.size;
    expect(told(0.5 * perHour)).toBe(1);
    expect(told(2 * perHour)).toBe(0);
  });

  it('X17 are as severe as the part of everything that they move, and as they are unusual', () => {
    expect(severityOf(1.2, 0.001)).toBe('minor');
    expect(severityOf(1.2, 0.02)).toBe('major');
    expect(severityOf(1.4, 0.007)).toBe('major');
    expect(severityOf(1.2, 0.07)).toBe('major');
    expect(severityOf(1.4, 0.07)).toBe('critical');
    expect(severityOf(1.2, 0.2)).toBe('critical');
  });
});

describe('ids of incidents', () => {
  it('X18 are a hash of epoch, kind, root and start', () => {
    const root = { dimension: 'customer', id: 'acme' } as const;
    const id = incidentIdOf(EPOCH, 'spend-spike', root, START_MS);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    const others = [
      incidentIdOf('other', 'spend-spike', root, START_MS),
      incidentIdOf(EPOCH, 'volume', root, START_MS),
      incidentIdOf(EPOCH, 'spend-spike', { dimension: 'tenant', id: 'acme' }, START_MS),
      incidentIdOf(EPOCH, 'spend-spike', root, START_MS + MINUTE_MS),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
    expect(hashOf('')).toBe(hashOf(''));
    const many = Array.from({ length: 20_000 }, (_, i) => hashOf(`incident ${i}`));
    expect(new Set(many).size).toBe(many.length);
  });

  it('X18 are the same after a restart at any minute, and nothing is found twice', () => {
    const usage = new MadeUsage([
      { ...span(0, 30), customerId: 'cedar', calls: 8 },
      { ...span(10, 25), model: 'small', latency: 4 },
      { ...span(50, 58), tenantId: 'north', calls: 0 },
    ]);
    const whole = new Watching(usage, {}, calm).see(T, T + 90);
    const saved = new Watching(usage, {}, calm);
    let state = saved.save();
    for (let minute = T; minute < T + 90; minute++) {
      const restarted = new Watching(usage, {}, state).see(minute, minute + 1);
      for (const [id, incident] of restarted.told) saved.told.set(id, incident);
      state = restarted.save();
    }
    expect([...saved.told.values()]).toEqual([...whole.told.values()]);
    expect(whole.told.size).toBeGreaterThanOrEqual(3);
  });
});
