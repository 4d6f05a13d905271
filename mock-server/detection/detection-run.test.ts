import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import { type Change, START_MS } from '#core/anomaly/testing/usage.ts';
import { incidentSchema } from '#core/wire/incidents.ts';
import { Driven, Keeping } from './testing/kept.ts';
import { MadeStore } from './testing/made-store.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** Minutes after which the server is started. */
const T = 1_500;

const runaway = (from: number, to: number, calls = 8): Change => ({
  from: T + from,
  to: T + to,
  customerId: 'cedar',
  calls,
});

/** A server that runs from `T` to `to` without a break. */
function whole(changes: readonly Change[], to: number): Keeping {
  return new Driven(new MadeStore(changes), new Keeping(), T).resume().runTo(T + to).keeping;
}

describe('a run of the detection', () => {
  it('X31 tells at once what was in the last 24 h, and what goes on', () => {
    const changes = [runaway(-500, -470), runaway(-30, 60)];
    const { keeping } = new Driven(new MadeStore(changes), new Keeping(), T).resume().settle();
    expect(keeping.lines).toEqual([
      `spend-spike customer:cedar ${T - 500}-${T - 469}`,
      `spend-spike customer:cedar ${T - 30}-`,
    ]);
    for (const report of keeping.reports.values())
      expect(incidentSchema.parse(report)).toEqual(report);
    expect(keeping.point?.atMs).toBe(START_MS + T * MINUTE_MS);
  });

  it('X31 tells nothing before it is told what was kept', () => {
    const driven = new Driven(new MadeStore([runaway(-30, 60)]), new Keeping(), T).runTo(T + 5);
    expect(driven.keeping.lines).toEqual([]);
    expect(driven.keeping.point).toBeNull();
    expect(driven.resume().settle().keeping.lines).toEqual([
      `spend-spike customer:cedar ${T - 30}-`,
    ]);
  });

  it('X32 finds a runaway within 15 s, and keeps its id when the minute confirms it', () => {
    const driven = new Driven(new MadeStore([runaway(10, 40)]), new Keeping(), T).resume();
    driven.runTo(T + 10.25);
    const [found, ...others] = driven.keeping.reports.values();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ isQuick: true, root: { id: 'cedar' }, endMs: null });
    expect(found?.foundMs).toBeLessThanOrEqual(START_MS + (T + 10.25) * MINUTE_MS);
    driven.runTo(T + 60);
    expect([...driven.keeping.reports.keys()]).toEqual([found?.id]);
    expect(driven.keeping.reports.get(found?.id ?? '')).toMatchObject({
      isQuick: false,
      foundMs: found?.foundMs,
      endMs: START_MS + (T + 41) * MINUTE_MS,
    });
  });

  it('X32 finds it as of then, though the server was busy until later', () => {
    const driven = new Driven(new MadeStore([runaway(1, 40)]), new Keeping(), T);
    driven
      .skipTo(T + 4)
      .resume()
      .settle();
    const [found] = driven.keeping.reports.values();
    expect(found?.foundMs).toBeLessThanOrEqual(START_MS + (T + 1.25) * MINUTE_MS);
    expect(found?.isQuick).toBe(false);
  });

  it('X33 says the same after any number of kills as without one, and no word twice', () => {
    const changes = fc.array(
      fc.record({
        from: fc.integer({ min: T - 60, max: T + 60 }),
        length: fc.integer({ min: 4, max: 40 }),
        customerId: fc.constantFrom('acme', 'birch', 'cedar'),
        calls: fc.constantFrom(0, 0.2, 5, 9),
      }),
      { minLength: 1, maxLength: 4 },
    );
    const kills = fc.array(fc.integer({ min: 0, max: 12 * 65 }), { minLength: 1, maxLength: 6 });
    let told = 0;
    fc.assert(
      fc.property(changes, kills, (made, killedAt) => {
        const all = made.map(({ from, length, ...rest }) => ({ ...rest, from, to: from + length }));
        const once = whole(all, 70);
        const keeping = new Keeping();
        const store = new MadeStore(all);
        let at = T;
        for (const kill of killedAt.toSorted((a, b) => a - b)) {
          new Driven(store, keeping, at).resume().runTo(T + kill / 12);
          at = T + kill / 12;
        }
        new Driven(store, keeping, at).resume().runTo(T + 70);
        told += once.reports.size;
        expect(keeping.lines).toEqual(once.lines);
        expect([...keeping.reports].sort()).toEqual([...once.reports].sort());
        expect([...keeping.changes].sort()).toEqual([...once.changes].sort());
      }),
      { seed: 20_261_121, numRuns: 6 },
    );
    expect(told).toBeGreaterThan(6);
  }, 120_000);

  it('X33 catches up what was missed while the server was away', () => {
    const changes = [runaway(20, 50), runaway(100, 400)];
    const keeping = new Keeping();
    const store = new MadeStore(changes);
    new Driven(store, keeping, T).resume().runTo(T + 30);
    new Driven(store, keeping, T + 200).resume().settle();
    expect(keeping.lines).toEqual([
      `spend-spike customer:cedar ${T + 20}-${T + 51}`,
      `spend-spike customer:cedar ${T + 100}-`,
    ]);
  });

  it('X33 changes nothing when it is started again at the same time', () => {
    const store = new MadeStore([runaway(20, 90)]);
    const { keeping } = new Driven(store, new Keeping(), T).resume().runTo(T + 30);
    const before = new Map(keeping.changes);
    for (let i = 0; i < 3; i++) new Driven(store, keeping, T + 30).resume().settle();
    expect(keeping.changes).toEqual(before);
  });

  it('X33 begins anew with what it cannot read', () => {
    const store = new MadeStore([runaway(-30, 60)]);
    const keeping = new Keeping();
    keeping.point = { atMs: 1, state: new TextEncoder().encode('nonsense') };
    new Driven(store, keeping, T).resume().settle();
    expect(keeping.lines).toEqual([`spend-spike customer:cedar ${T - 30}-`]);
  });
});

describe('the past, watched in the background', () => {
  const longAgo: readonly Change[] = [
    { from: 2_000, to: 2_060, customerId: 'birch', calls: 7 },
    { from: 7_500, to: 7_550, customerId: 'cedar', calls: 7 },
  ];

  it('X34 is told when all of it is watched, and what is live goes on without a hole', () => {
    const changes = [...longAgo, { from: 8_630, to: 8_700, customerId: 'acme', calls: 8 }];
    const driven = new Driven(new MadeStore(changes), new Keeping(), 8_640, 6 * DAY_MS);
    driven.resume();
    for (let i = 0; i < 60; i++) driven.run.step(START_MS + 8_640 * MINUTE_MS);
    expect(driven.keeping.lines.map((line) => line.split(' ')[2])).toEqual(['7500-7551', '8630-']);
    driven.runTo(8_720);
    expect(driven.keeping.lines).toEqual([
      'spend-spike customer:birch 2000-2061',
      'spend-spike customer:cedar 7500-7551',
      'spend-spike customer:acme 8630-8701',
    ]);
  });

  it('X34 is watched again when the server is killed meanwhile, and nothing is told twice', () => {
    const store = new MadeStore(longAgo);
    const keeping = new Keeping();
    for (const steps of [40, 70, 110]) {
      const driven = new Driven(store, keeping, 8_640, 6 * DAY_MS).resume();
      for (let i = 0; i < steps; i++) driven.run.step(START_MS + 8_640 * MINUTE_MS);
    }
    new Driven(store, keeping, 8_640, 6 * DAY_MS).resume().runTo(8_660);
    expect(keeping.lines).toEqual([
      'spend-spike customer:birch 2000-2061',
      'spend-spike customer:cedar 7500-7551',
    ]);
    expect([...keeping.changes.values()].every((count) => count <= 2)).toBe(true);
  });
});

describe('what is chosen', () => {
  it('X35 counts from the next minute on, and is kept over a restart', () => {
    const store = new MadeStore([runaway(20, 50), runaway(200, 230), runaway(400, 430)]);
    const floor = { ...DEFAULT_SETTINGS, floorMicroUsdPerHour: 1e12 };
    const driven = new Driven(store, new Keeping(), T).resume().runTo(T + 100);
    driven.run.take({ type: 'settings', settings: floor }, START_MS + (T + 100) * MINUTE_MS);
    driven.runTo(T + 300);
    const first = `spend-spike customer:cedar ${T + 20}-${T + 51}`;
    expect(driven.keeping.lines).toEqual([first]);
    const again = new Driven(store, driven.keeping, T + 300).resume().runTo(T + 500);
    expect(again.keeping.lines).toEqual([first]);
  });

  it('X35 is as it was told last, be it before or after what was kept', () => {
    const store = new MadeStore([runaway(200, 230)]);
    const { keeping } = new Driven(store, new Keeping(), T).resume().runTo(T + 100);
    const floor = { ...DEFAULT_SETTINGS, floorMicroUsdPerHour: 1e12 };
    const driven = new Driven(store, keeping, T + 100);
    driven.run.take({ type: 'settings', settings: floor }, START_MS + (T + 100) * MINUTE_MS);
    expect(driven.resume().runTo(T + 300).keeping.lines).toEqual([]);
  });
});

describe('silence of the feed', () => {
  it('X36 is told when the source stands still while the clock goes on, until it goes on', () => {
    const store = new MadeStore();
    const driven = new Driven(store, new Keeping(), T).resume().runTo(T + 10);
    store.heldMs = START_MS + (T + 10) * MINUTE_MS;
    driven.runTo(T + 11.9);
    expect(driven.keeping.lines).toEqual([]);
    driven.runTo(T + 12);
    expect(driven.keeping.lines).toEqual([`silence total: ${T + 10}-`]);
    const again = new Driven(store, driven.keeping, T + 15).resume().runTo(T + 20);
    expect(again.keeping.lines).toEqual([`silence total: ${T + 10}-`]);
    store.heldMs = null;
    again.runTo(T + 21);
    expect(again.keeping.lines).toEqual([`silence total: ${T + 10}-${T + 20}`]);
    const [report] = again.keeping.reports.values();
    expect(incidentSchema.parse(report)).toEqual(report);
  });
});
