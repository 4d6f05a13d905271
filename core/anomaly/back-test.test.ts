import { describe, expect, it } from 'vitest';
import { BackTest } from './back-test.ts';
import { DEFAULT_SETTINGS, SENSITIVITIES } from './settings.ts';
import { MadeUsage, START_MS } from './testing/usage.ts';
import { EPOCH, Watching } from './testing/watching.ts';

const T = 1_500;
const usage = new MadeUsage([
  { from: T - 300, to: T - 280, customerId: 'birch', calls: 9 },
  { from: T, to: T + 20, customerId: 'cedar', calls: 8 },
  { from: T + 60, to: T + 80, customerId: 'acme', calls: 1.5 },
]);
const chunks = [usage.minutes(0, T), usage.minutes(T, T + 120)];

function whatIf(sensitivity: (typeof SENSITIVITIES)[number]) {
  const settings = { ...DEFAULT_SETTINGS, sensitivity };
  const options = { series: usage.series, epoch: EPOCH, settings, utcOffsetMinutes: 0 };
  const test = new BackTest(options);
  for (const chunk of chunks) test.push(chunk);
  return test.toldSince(START_MS + T * 60_000);
}

describe('back-test', () => {
  it('X24 tells what other settings would have told of, the more the more sensitive', () => {
    const roots = SENSITIVITIES.map((one) => whatIf(one).map(({ root }) => root.id));
    expect(roots.every((one) => one.includes('cedar') && !one.includes('birch'))).toBe(true);
    expect(roots[0]).toEqual(['cedar']);
    expect(roots[2]).toEqual(['cedar', 'acme']);
  });

  it('X24 has ids of its own', () => {
    const real = new Watching(usage).see(0, T + 120);
    expect(whatIf('medium').filter(({ id }) => real.told.has(id))).toEqual([]);
    expect(whatIf('medium').map(({ id }) => id)).toEqual(whatIf('medium').map(({ id }) => id));
  });
});
