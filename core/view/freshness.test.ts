import { describe, expect, it } from 'vitest';
import { ageOf, freshnessOf } from './freshness.ts';

const AS_OF_MS = Date.UTC(2026, 2, 3, 14, 3, 25);

describe('freshness', () => {
  it('V40 goes from live to late at 20 s and to stale at 60 s', () => {
    const agesMs = [0, 19_999, 20_000, 59_999, 60_000];
    expect(agesMs.map((ageMs) => freshnessOf(AS_OF_MS, AS_OF_MS + ageMs, false))).toEqual([
      'live',
      'live',
      'late',
      'late',
      'stale',
    ]);
  });

  it('V40 is offline whatever the age, once the connection is', () => {
    expect(freshnessOf(AS_OF_MS, AS_OF_MS, true)).toBe('offline');
    expect(freshnessOf(null, AS_OF_MS, true)).toBe('offline');
  });

  it('V40 is stale without any complete data', () => {
    expect(freshnessOf(null, AS_OF_MS, false)).toBe('stale');
  });

  it('V41 never calls data live whose age a wrong clock hides', () => {
    const anHourBefore = AS_OF_MS - 3_600_000;
    expect(ageOf(AS_OF_MS, anHourBefore)).toBeNull();
    expect(freshnessOf(AS_OF_MS, anHourBefore, false)).toBe('stale');
  });

  it('V41 forgives the estimate of the server clock the time that a reply takes', () => {
    expect(ageOf(AS_OF_MS, AS_OF_MS - 2_000)).toBe(0);
    expect(ageOf(AS_OF_MS, AS_OF_MS - 2_001)).toBeNull();
  });
});
