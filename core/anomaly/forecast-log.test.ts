import { describe, expect, it } from 'vitest';
import type { Window } from '../view/window.ts';
import { ForecastLog } from './forecast-log.ts';
import { learningFor } from './learning.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { type Change, MadeUsage, START_MS } from './testing/usage.ts';
import { Watch } from './watch.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY = 1_440;
const ALL = Uint8Array.of(1, 1, 1, 1, 1);

const at = (minute: number) => START_MS + minute * MINUTE_MS;

const aWindow = (from: number, to: number, bucketMs = MINUTE_MS): Window => ({
  fromMs: at(from),
  toMs: at(to),
  resolution: bucketMs < MINUTE_MS ? '5s' : '1m',
  bucketMs,
});

/** What was learnt of stretches of made usage, `[from, to)` in minutes from the start. */
function learnt(
  stretches: readonly (readonly [number, number])[],
  changes: readonly Change[] = [],
) {
  const usage = new MadeUsage(changes);
  const log = new ForecastLog(learningFor(MINUTE_MS), START_MS);
  for (const [from, to] of stretches) log.learn(usage.minutes(from, to), ALL, at(to));
  return log;
}

describe('what was expected of minutes', () => {
  it('V42 is the trend and the band that the detection has of the same series', () => {
    const changes = [{ customerId: 'cedar', calls: 6, from: 900, to: 930 }];
    const usage = new MadeUsage(changes);
    const watch = new Watch(usage.series, { settings: DEFAULT_SETTINGS, utcOffsetMinutes: 0 });
    const theirs = Array.from({ length: 1_000 }, (_, minute) => {
      const expected = watch.expected(0, 'tokens');
      const band = watch.expectedBand(0, 'tokens');
      watch.push(usage.minutes(minute, minute + 1));
      const isTold = minute >= 60 && expected !== null && band !== null;
      return isTold ? [expected, band.low, band.high].map(Math.round) : [null, null, null];
    });
    const ours = learnt([[0, 1_000]], changes).expectedIn(aWindow(0, 1_000));
    const told = ours?.trend.map((one, i) => [one, ours.low[i], ours.high[i]]);
    expect(told).toEqual(theirs);
    expect(theirs[999]?.[0]).toBeGreaterThan(0);
  });

  it('V42 was expected before it was seen: what comes later changes nothing', () => {
    const calm = learnt([[0, DAY]]).expectedIn(aWindow(0, 1_000));
    const wild = learnt([[0, DAY]], [{ calls: 40, from: 1_000, to: DAY }]);
    expect(wild.expectedIn(aWindow(0, 1_000))).toEqual(calm);
    // The first minute of the change too: it was not seen yet.
    expect(wild.expectedIn(aWindow(1_000, 1_001))).toEqual(
      learnt([[0, 1_000]]).expectedIn(aWindow(1_000, 1_001)),
    );
  });

  it('V42 does not learn an incident, so that what is spent beyond stands out to its end', () => {
    const log = learnt([[0, DAY]], [{ calls: 5, from: 1_000, to: 1_060 }]);
    const before = log.expectedIn(aWindow(999, 1_000));
    const during = log.expectedIn(aWindow(1_059, 1_060));
    const usual = before?.trend[0] ?? 0;
    expect(usual).toBeGreaterThan(0);
    expect((during?.trend[0] ?? 0) / usual).toBeCloseTo(1, 1);
    expect(during?.high[0]).toBeLessThan(2 * usual);
  });

  it('V42 is the same however the minutes come', () => {
    const whole = learnt([[0, 600]]).expectedIn(aWindow(300, 600));
    const parts = learnt([
      [0, 90],
      [90, 91],
      [91, 600],
    ]);
    expect(parts.expectedIn(aWindow(300, 600))).toEqual(whole);
    const usage = new MadeUsage();
    const again = new ForecastLog(learningFor(MINUTE_MS), START_MS);
    again.learn(usage.minutes(0, 400), ALL, at(350));
    again.learn(usage.minutes(300, 600), ALL, at(600));
    expect(again.expectedIn(aWindow(300, 600))).toEqual(whole);
  });

  it('V43 is told of a part of a minute by its part and a wider band, and of several by their sum', () => {
    const log = learnt([[0, 300]]);
    const minutes = log.expectedIn(aWindow(240, 246));
    const parts = log.expectedIn(aWindow(240, 241, 5_000));
    const [trend, low, high] = [
      minutes?.trend[0] ?? 0,
      minutes?.low[0] ?? 0,
      minutes?.high[0] ?? 0,
    ];
    expect(parts?.trend).toEqual(Array.from({ length: 12 }, () => Math.round(trend / 12)));
    // Twelve parts: 3.46 times as far, as a ratio.
    const wider = Math.sqrt(12);
    expect((12 * (parts?.high[7] ?? 0)) / trend).toBeCloseTo((high / trend) ** wider, 3);
    expect((12 * (parts?.low[7] ?? 0)) / trend).toBeCloseTo((low / trend) ** wider, 3);
    const three = log.expectedIn(aWindow(240, 246, 3 * MINUTE_MS));
    expect(three?.high).toHaveLength(2);
    const [a = 0, b = 0, c = 0] = minutes?.high ?? [];
    expect(Math.abs((three?.high[0] ?? 0) - ((a ?? 0) + (b ?? 0) + (c ?? 0)))).toBeLessThan(3);
  });

  it('V43 is not told while too little was learnt, nor of minutes that are not known', () => {
    const log = learnt([
      [0, 200],
      [220, 300],
    ]);
    expect(log.expectedIn(aWindow(0, 60))).toBeNull();
    const told = log.expectedIn(aWindow(0, 300))?.trend ?? [];
    expect(told.findIndex((one) => one !== null)).toBe(60);
    expect(told.slice(60, 200)).not.toContain(null);
    expect(new Set(told.slice(200, 220))).toEqual(new Set([null]));
    expect(told.slice(220)).not.toContain(null);
    // A point of which a part is not known is not told either.
    const wide = log.expectedIn(aWindow(185, 225, 10 * MINUTE_MS))?.trend;
    expect(wide?.map((one) => one === null)).toEqual([false, true, true, true]);
  });

  it('V43 begins anew after a hole of more than an hour', () => {
    const log = learnt([
      [0, 200],
      [400, 500],
    ]);
    const told = log.expectedIn(aWindow(0, 500))?.trend ?? [];
    expect(told.findLastIndex((one) => one === null)).toBe(459);
  });

  it('V43 is told of the minutes that are on their way, and of none after', () => {
    const log = learnt([[0, 200]]);
    const told = log.expectedIn(aWindow(199, 206))?.trend ?? [];
    expect(told.map((one) => one !== null)).toEqual([true, true, true, true, false, false, false]);
    expect(new Set(told.slice(1, 4)).size).toBe(1);
  });

  it('V43 counts the slice that it is of alone', () => {
    const usage = new MadeUsage();
    const one = new ForecastLog(learningFor(MINUTE_MS), START_MS);
    one.learn(usage.minutes(0, 300), Uint8Array.of(1, 0, 0, 0, 0), at(300));
    const part = one.expectedIn(aWindow(299, 300))?.trend[0] ?? 0;
    const all = learnt([[0, 300]]).expectedIn(aWindow(299, 300))?.trend[0] ?? 0;
    // 60 of the 320 calls that all series make.
    expect(part / all).toBeCloseTo(60 / 320, 1);
  });

  it('V44 keeps what a window needs and no more', () => {
    const log = new ForecastLog(learningFor(MINUTE_MS), START_MS);
    const usage = new MadeUsage();
    for (let day = 0; day < 10; day++) {
      log.learn(usage.minutes(day * DAY, (day + 1) * DAY), ALL, at((day + 1) * DAY));
    }
    expect(log.toMs).toBe(at(10 * DAY));
    const keptMs = log.toMs - log.keptFromMs;
    expect(keptMs).toBeGreaterThanOrEqual(2 * DAY * MINUTE_MS);
    expect(keptMs).toBeLessThan(8 * DAY * MINUTE_MS);
    expect(log.expectedIn(aWindow(8 * DAY, 10 * DAY))?.trend).not.toContain(null);
    expect(log.expectedIn(aWindow(0, DAY))).toBeNull();
  });
});

describe('what was expected of hours', () => {
  /** Hours with a day and a night, and what was changed in them. */
  const hours = (count: number, factor: (hour: number) => number) => {
    const log = new ForecastLog(learningFor(HOUR_MS), START_MS);
    for (let hour = 0; hour < count; hour++) {
      const startMs = START_MS + hour * HOUR_MS;
      const level = hour % 24 < 12 ? 100_000 : 1_000_000;
      const tokens = Math.round(level * (1 + 0.01 * (hour % 7)) * factor(hour));
      const rows = {
        length: 1,
        bucketStartMs: Float64Array.of(startMs),
        series: Uint32Array.of(0),
        calls: Float64Array.of(10),
        tokens: Float64Array.of(tokens),
        costMicroUsd: Float64Array.of(tokens),
        latencyMsSum: Float64Array.of(10),
      };
      const span = { fromMs: startMs, toMs: startMs + HOUR_MS };
      log.learn({ ...span, rows }, ALL, span.toMs);
    }
    return (from: number, to: number, bucketMs = HOUR_MS) =>
      log.expectedIn({
        fromMs: START_MS + from * HOUR_MS,
        toMs: START_MS + to * HOUR_MS,
        resolution: '1h',
        bucketMs,
      });
  };

  it('V45 follows the hours of the day, from the third day on', () => {
    const expected = hours(24 * 6, () => 1)(0, 24 * 6);
    expect(expected?.trend.findIndex((one) => one !== null)).toBe(48);
    const [night = 0, day = 0] = [24 * 4 + 11, 24 * 4 + 12].map((at) => expected?.trend[at] ?? 0);
    expect(day / night).toBeGreaterThan(9);
    expect(day / night).toBeLessThan(11);
    expect(expected?.low[24 * 4 + 12]).toBeGreaterThan(900_000);
    expect(expected?.high[24 * 4 + 12]).toBeLessThan(1_200_000);
  });

  it('V45 does not learn hours that stand out, until they are how it is', () => {
    const spike = (hour: number) => (hour >= 200 && hour < 206 ? 4 : 1);
    const after = (factor: (hour: number) => number) => hours(24 * 12, factor)(224, 230);
    const calm = after(() => 1);
    for (const [i, trend] of (after(spike)?.trend ?? []).entries()) {
      expect((trend ?? 0) / (calm?.trend[i] ?? 1)).toBeCloseTo(1, 1);
      expect(after(spike)?.high[i]).toBeLessThan(1.2 * (trend ?? 0));
    }
    const lasting = hours(24 * 26, (hour) => (hour >= 200 ? 4 : 1))(24 * 25 + 13, 24 * 25 + 14);
    expect(lasting?.trend[0]).toBeGreaterThan(2_500_000);
  });

  it('V45 is told of several hours by their sum', () => {
    const ask = hours(24 * 6, () => 1);
    const [a = 0, b = 0] = ask(130, 132)?.trend ?? [];
    expect(
      Math.abs((ask(130, 132, 2 * HOUR_MS)?.trend[0] ?? 0) - ((a ?? 0) + (b ?? 0))),
    ).toBeLessThan(2);
  });
});
