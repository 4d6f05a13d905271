import { describe, expect, it } from 'vitest';
import type { Interval } from '../time/intervals.ts';
import { backTestSpan } from './back-test-span.ts';

const HOUR_MS = 3_600_000;

const NOW_MS = 1_000 * HOUR_MS;
const hoursAgo = (ms: number) => (NOW_MS - ms) / HOUR_MS;

/** Hours before now. */
const hours = (...spans: readonly [from: number, to: number][]): Interval[] =>
  spans.map(([from, to]) => ({ fromMs: NOW_MS - from * HOUR_MS, toMs: NOW_MS - to * HOUR_MS }));

/** Tried from and to, in hours ago, and hours known of it and learnt from. */
function told(covered: readonly Interval[]) {
  const span = backTestSpan(covered);
  if (!span) return null;
  const { tried, knownMs, learntMs } = span;
  return [hoursAgo(tried.fromMs), hoursAgo(tried.toMs), knownMs / HOUR_MS, learntMs / HOUR_MS];
}

describe('what can be tried', () => {
  it('X60 is the newest day, after learning from at most three days before it', () => {
    expect(told(hours([500, 0]))).toEqual([24, 0, 24, 72]);
    expect(told(hours([40, 0]))).toEqual([24, 0, 24, 16]);
  });

  it('X60 is less of it where what is known begins late: six hours are learnt from', () => {
    expect(told(hours([24, 0]))).toEqual([18, 0, 18, 6]);
    expect(told(hours([7, 0]))).toEqual([1, 0, 1, 6]);
  });

  it('X60 is nothing where less than seven hours are known', () => {
    expect(told([])).toBeNull();
    expect(told(hours([6.9, 0]))).toBeNull();
    expect(told(hours([300, 200], [5, 0]))).toBeNull();
  });

  it('X60 passes over gaps, and tells how much of it is known', () => {
    expect(told(hours([40, 30], [20, 12], [6, 2]))).toEqual([26, 2, 12, 10]);
    expect(told(hours([30, 27], [20, 0]))).toEqual([17, 0, 17, 6]);
  });
});
