import { describe, expect, it } from 'vitest';
import { nameOfGroup } from './groups.ts';
import { measured } from './measure.ts';
import { DEFAULT_SETTINGS, SENSITIVITIES } from './settings.ts';
import { type Change, MadeUsage, START_MS } from './testing/usage.ts';
import { Watch } from './watch.ts';

const MINUTE_MS = 60_000;
const LONG = 1_500;

function aWatch(usage: MadeUsage, sensitivity = DEFAULT_SETTINGS.sensitivity): Watch {
  const settings = { ...DEFAULT_SETTINGS, sensitivity };
  return new Watch(usage.series, { settings, utcOffsetMinutes: 0 });
}

/** Groups and what they deviate in, in the first minute of a change after a long calm. */
function deviationsAt(
  change: Omit<Change, 'from' | 'to'>,
  sensitivity = DEFAULT_SETTINGS.sensitivity,
) {
  const usage = new MadeUsage([{ ...change, from: LONG, to: LONG + 9 }]);
  const watch = aWatch(usage, sensitivity);
  const reports = watch.push(usage.minutes(0, LONG + 1));
  const [last, ...others] = reports.toReversed();
  expect(others.flatMap((one) => one.alarms)).toEqual([]);
  return (last?.alarms ?? []).map(
    ({ group, deviations }) =>
      `${nameOfGroup(watch.groups.keyOf(group))} ${deviations.map(({ what, direction }) => `${what} ${direction}`).join(', ')}`,
  );
}

describe('measures', () => {
  const sums = { calls: 4, tokens: 8_000, costMicroUsd: 600, latencyMsSum: 1_000 };

  it('X9 are spend, tokens, calls, mean latency and cost per 1,000 tokens', () => {
    expect(measured('spend', sums)).toBe(600);
    expect(measured('tokens', sums)).toBe(8_000);
    expect(measured('calls', sums)).toBe(4);
    expect(measured('latency', { ...sums, calls: 5 })).toBe(200);
    expect(measured('unitCost', { ...sums, calls: 5 })).toBe(75);
  });

  it('X9 are not made of too few calls', () => {
    expect(measured('latency', sums)).toBeNull();
    expect(measured('unitCost', sums)).toBeNull();
    expect(measured('unitCost', { ...sums, calls: 9, tokens: 0 })).toBeNull();
  });
});

describe('watch', () => {
  it('X9 watches the total, tenants, models and customers', () => {
    const usage = new MadeUsage();
    const watch = aWatch(usage);
    watch.push(usage.minutes(0, 1));
    const names = watch.toState().groups.map(({ key }) => nameOfGroup(key));
    expect(names.toSorted()).toEqual(
      [
        'customer:acme',
        'customer:birch',
        'customer:cedar',
        'model:big',
        'model:small',
        'tenant:north',
        'tenant:south',
        'total:',
      ].toSorted(),
    );
  });

  it('X9 sees who does what otherwise than usual', () => {
    const up = 'spend up, tokens up, calls up';
    const runaway = deviationsAt({ customerId: 'cedar', calls: 8 });
    expect(runaway).toContain(`customer:cedar ${up}`);
    expect(runaway.some((line) => line.startsWith('customer:acme'))).toBe(false);
    const slow = deviationsAt({ model: 'small', latency: 4 });
    expect(slow).toContain('model:small latency up');
    expect(deviationsAt({ customerId: 'birch', price: 2 })).toContain(
      'customer:birch spend up, unitCost up',
    );
  });

  it('X9 does not mind what is quicker, nor what is within a tenth of the usual', () => {
    expect(deviationsAt({ latency: 0.3 })).toEqual([]);
    expect(deviationsAt({ price: 1.08 })).toEqual([]);
  });

  it('X9 finds silence in its first minute where there always were many calls', () => {
    expect(deviationsAt({ tenantId: 'south', calls: 0 })).toContain('tenant:south silence down');
    expect(deviationsAt({ calls: 0 })).toContain('total: silence down');
  });

  it('X12 is the more sensitive the higher it is set', () => {
    const counts = SENSITIVITIES.map((one) => deviationsAt({ calls: 1.35 }, one).length);
    expect(counts.toSorted((a, b) => a - b)).toEqual(counts);
    expect(counts[0]).toBe(0);
    expect(counts[2]).toBeGreaterThan(0);
  });

  it('X10 learns nothing of a group while it is out of the ordinary', () => {
    const spike = { customerId: 'cedar', calls: 8 };
    const usage = new MadeUsage([
      { ...spike, from: LONG, to: LONG + 30 },
      { ...spike, from: LONG + 60, to: LONG + 90 },
    ]);
    const watch = aWatch(usage);
    watch.push(usage.minutes(0, LONG));
    const cedar = watch.groups.numberOf({ dimension: 'customer', id: 'cedar' }) ?? -1;
    const before = watch.expected(cedar, 'calls') ?? 0;
    const reports = watch.push(usage.minutes(LONG, LONG + 120));
    expect(watch.expected(cedar, 'calls')).toBeGreaterThan(0.95 * before);
    expect(watch.expected(cedar, 'calls')).toBeLessThan(1.05 * before);
    const starts = reports.flatMap(({ startMs, alarms }) =>
      alarms.some((one) => one.group === cedar && one.isNew)
        ? (startMs - START_MS) / MINUTE_MS
        : [],
    );
    const ends = reports.flatMap(({ startMs, alarms }) =>
      alarms.some((one) => one.group === cedar && one.isOver)
        ? (startMs - START_MS) / MINUTE_MS
        : [],
    );
    expect(starts).toEqual([LONG, LONG + 60]);
    expect(ends).toEqual([LONG + 31, LONG + 91]);
  });

  it('X10 takes what lasts for more than eight hours for usual', () => {
    const usage = new MadeUsage([{ customerId: 'cedar', calls: 8, from: LONG, to: 9_999 }]);
    const watch = aWatch(usage);
    const reports = watch.push(usage.minutes(0, LONG + 800));
    const cedar = watch.groups.numberOf({ dimension: 'customer', id: 'cedar' });
    const minutes = reports.filter(({ alarms }) =>
      alarms.some((one) => one.group === cedar && !one.isOver),
    );
    expect(minutes).toHaveLength(480);
    expect(watch.expected(cedar ?? -1, 'calls')).toBeGreaterThan(8_000);
  });

  it('X11 goes on exactly as before when it was saved as JSON and restored', () => {
    const usage = new MadeUsage([{ customerId: 'cedar', calls: 8, from: 300, to: 330 }]);
    const whole = aWatch(usage).push(usage.minutes(0, 400));
    for (const at of [0, 150, 299, 300, 310, 331, 399]) {
      const before = aWatch(usage);
      const told = before.push(usage.minutes(0, at));
      const options = { settings: DEFAULT_SETTINGS, utcOffsetMinutes: 0 };
      const state = JSON.parse(JSON.stringify(before.toState()));
      const after = new Watch(usage.series, options, state);
      expect([...told, ...after.push(usage.minutes(at, 400))]).toEqual(whole);
    }
  });

  it('X11 passes over what it has watched before', () => {
    const usage = new MadeUsage();
    const watch = aWatch(usage);
    watch.push(usage.minutes(0, 50));
    expect(watch.push(usage.minutes(20, 50))).toEqual([]);
    expect(watch.push(usage.minutes(20, 52))).toHaveLength(2);
    expect(watch.watchedToMs).toBe(START_MS + 52 * MINUTE_MS);
  });
});
