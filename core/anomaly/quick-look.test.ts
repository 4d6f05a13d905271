import { describe, expect, it } from 'vitest';
import { QuickLook } from './quick-look.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { MadeUsage, START_MS } from './testing/usage.ts';
import { Watching } from './testing/watching.ts';

const LONG = 1_500;
const MINUTE_MS = 60_000;

/** What was learnt before, which is the same for every test. */
const calm = new Watching(new MadeUsage()).see(0, LONG - 1).save();

/** Seconds from minute `LONG` at which the quick look first told of an incident; the world after three minutes. */
function looked(calls: number, isFor: number) {
  const usage = new MadeUsage([{ customerId: 'cedar', calls, from: LONG, to: LONG + isFor }]);
  const watching = new Watching(usage, {}, calm);
  const quick = new QuickLook(watching.watch, DEFAULT_SETTINGS);
  const foundAt = new Set<number>();
  for (let minute = LONG - 1; minute < LONG + 4; minute++) {
    for (let bucket = 0; bucket < 12; bucket++) {
      const chunk = usage.bucket(minute, bucket);
      const report = quick.push(chunk);
      const told = report ? watching.incidents.pushQuick(report, chunk.toMs) : [];
      for (const incident of told) {
        watching.told.set(incident.id, incident);
        foundAt.add((incident.foundMs - START_MS - LONG * MINUTE_MS) / 1_000);
      }
    }
    watching.see(minute, minute + 1);
  }
  return { foundAt: [...foundAt], watching };
}

describe('quick look', () => {
  it('X13 shows a runaway within 15 s, with its root and what it costs an hour', () => {
    const { foundAt, watching } = looked(8, 60);
    expect(foundAt).toHaveLength(1);
    expect(foundAt[0]).toBeLessThanOrEqual(15);
    const [incident, ...others] = [...watching.told.values()];
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      kind: 'spend-spike',
      root: { dimension: 'customer', id: 'cedar' },
      startMs: START_MS + LONG * MINUTE_MS,
      endMs: null,
      isQuick: false,
    });
    expect(incident?.extraMicroUsdPerHour).toBeGreaterThan(0);
  });

  it('X13 gives the incident the id that it has without a quick look', () => {
    const { watching } = looked(8, 60);
    const slow = new Watching(watching.usage, {}, calm).see(LONG - 1, LONG + 4);
    expect([...slow.told.keys()]).toEqual([...watching.told.keys()]);
  });

  it('X13 says nothing while all is as usual, or far less', () => {
    expect(looked(1, 60).foundAt).toEqual([]);
    expect(looked(0.2, 60).foundAt).toEqual([]);
  });

  it('X13 takes back what no minute confirms', () => {
    const watching = new Watching(new MadeUsage(), {}, calm).see(LONG - 1, LONG);
    const quick = new QuickLook(watching.watch, DEFAULT_SETTINGS);
    const burst = new MadeUsage([{ customerId: 'cedar', calls: 8, from: LONG, to: LONG + 1 }]);
    const told = [0, 1, 2].flatMap((bucket) => {
      const chunk = burst.bucket(LONG, bucket);
      const report = quick.push(chunk);
      return report ? watching.incidents.pushQuick(report, chunk.toMs) : [];
    });
    expect(told.at(-1)).toMatchObject({ kind: 'spend-spike', isQuick: true, endMs: null });
    const endOf = (minute: number) => {
      watching.see(minute, minute + 1);
      return watching.told.get(told.at(-1)?.id ?? '')?.endMs;
    };
    // The first minute may have been half over, the second would show it whole.
    expect([LONG, LONG + 1, LONG + 2].map(endOf)).toEqual([
      undefined,
      undefined,
      START_MS + (LONG + 2) * MINUTE_MS,
    ]);
    expect(watching.incidents.open).toEqual([]);
  });

  it('X13 says nothing of a stretch with a hole in it', () => {
    const usage = new MadeUsage([{ customerId: 'cedar', calls: 50, from: LONG, to: LONG + 9 }]);
    const { watch } = new Watching(usage, {}, calm);
    const quick = new QuickLook(watch, DEFAULT_SETTINGS);
    expect([0, 1, 3, 4].map((bucket) => quick.push(usage.bucket(LONG, bucket)))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(quick.push(usage.bucket(LONG, 5))?.alarms.length).toBeGreaterThan(0);
  });
});
