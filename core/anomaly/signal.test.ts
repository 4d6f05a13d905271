import { describe, expect, it } from 'vitest';
import { Signal } from './signal.ts';

/** Mean 4, mean deviation 1/3, range 2: 2^(1/4) * (8/3 + 0.002)^(3/4). */
const SPREAD = 2.4829;

function signalOf(values: readonly number[], horizon = 100): Signal {
  const signal = new Signal(horizon, 1);
  for (const [i, value] of values.entries()) signal.push(i + 1, value);
  return signal;
}

describe('signal', () => {
  it('X1 scores the part of the time watched in which it was not as extreme', () => {
    const signal = signalOf([5, 3, 4]);
    expect(signal.spread).toBeCloseTo(SPREAD, 3);
    // Three bins watched; 4 was reached one bin ago, 4.5 three bins ago.
    expect(signal.score(4, 4)).toEqual({ score: 1 / 3, direction: 'up', sinceBins: 1, excess: 0 });
    expect(signal.score(4, 4.5)).toEqual({ score: 1, direction: 'up', sinceBins: 3, excess: 0 });
  });

  it('X1 counts what is nearly as extreme in part', () => {
    // Less 0.02 or 0.05 spreads 4.15 is above the 4 of one bin ago, less 0.1 it is not.
    const { score, sinceBins } = signalOf([5, 3, 4]).score(4, 4.15);
    expect(sinceBins).toBeCloseTo((3 + 3 + 1) / 3, 9);
    expect(score).toBeCloseTo((1 + 1 + 1 / 3) / 3, 9);
  });

  it('X1 adds for a record broken by far, and more the longer it was watched', () => {
    const { score, direction } = signalOf([5, 3, 4]).score(4, 6);
    expect(direction).toBe('up');
    expect(score).toBeCloseTo(1 + (0.5 * 4) / 1_004 / (1 + 0.3 * SPREAD), 5);
    expect(signalOf([5, 3, 4]).score(4, 6).excess).toBeCloseTo(1 / SPREAD, 3);
    const low = signalOf([5, 3, 4]).score(4, 1);
    expect(low.direction).toBe('down');
    expect(low.score).toBeCloseTo(1 + ((0.5 * 4) / 1_004) * (2 / (2 + 0.3 * SPREAD)), 5);
    const long = signalOf(Array.from({ length: 3_000 }, (_, i) => i % 2)).score(3_001, 1e9);
    expect(long.score).toBeCloseTo(1 + (0.5 * 3_001) / 4_001, 5);
  });

  it('X1 forgets what is older than the horizon', () => {
    const values = [9, ...Array.from({ length: 20 }, (_, i) => i % 2)];
    expect(signalOf(values, 10).score(22, 5)).toMatchObject({ direction: 'up', sinceBins: 10 });
    expect(signalOf(values).score(22, 5)).toMatchObject({ direction: 'up', sinceBins: 21 });
  });
});
