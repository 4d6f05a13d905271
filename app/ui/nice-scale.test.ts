import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisFor, niceAtLeast } from './nice-scale.ts';

const SEED = { seed: 20260303 };

describe('nice scales', () => {
  it('rounds up to 1, 2 or 5 times a power of ten', () => {
    expect([0.03, 1, 1.01, 4, 5, 7, 112_580, 200_000].map(niceAtLeast)).toEqual([
      0.05, 1, 2, 5, 5, 10, 200_000, 200_000,
    ]);
  });

  it('never rounds down, and never beyond two and a half times the value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (value) => {
        const nice = niceAtLeast(value);
        expect(nice).toBeGreaterThanOrEqual(value);
        expect(nice).toBeLessThanOrEqual(value * 2.5 * (1 + 1e-9));
      }),
      SEED,
    );
  });

  it('ends an axis at or above the peak, in no more than the steps there is room for', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.integer({ min: 1, max: 8 }), (peak, steps) => {
        const { max, ticks } = axisFor(peak, steps);
        expect(max).toBeGreaterThanOrEqual(peak);
        expect(ticks.length).toBeLessThanOrEqual(steps + 1);
        expect([ticks[0], ticks.at(-1)]).toEqual([0, max]);
      }),
      SEED,
    );
  });

  it('keeps the axis while the peak stays between two round numbers', () => {
    expect(axisFor(310_000, 5)).toEqual(axisFor(390_000, 5));
    expect(axisFor(336_000, 5).ticks).toEqual([0, 100_000, 200_000, 300_000, 400_000]);
  });

  it('has an axis for nothing at all', () => {
    expect(axisFor(0, 5)).toEqual({ max: 1, ticks: [0, 1] });
  });
});
