import { describe, expect, it } from 'vitest';
import { type GaugeScale, needleDegrees, stepScale } from './gauge-scale.ts';

const MINUTE_MS = 60_000;

/** The ends of the scale while one rate after another comes in, each at its minute. */
function scaleEnds(rates: readonly (readonly [minute: number, usdPerHour: number])[]): number[] {
  let scale: GaugeScale | null = null;
  return rates.map(([minute, usdPerHour]) => {
    scale = stepScale(scale, usdPerHour, minute * MINUTE_MS);
    return scale.maxUsdPerHour;
  });
}

describe('the scale of the gauge', () => {
  it('U12 ends at a round number with some room above the rate', () => {
    expect(scaleEnds([[0, 102_345]])).toEqual([200_000]);
    expect(scaleEnds([[0, 95_000]])).toEqual([200_000]);
    expect(scaleEnds([[0, 18.4]])).toEqual([50]);
    expect(scaleEnds([[0, 0]])).toEqual([1]);
  });

  it('U12 grows at once', () => {
    const ends = scaleEnds([
      [0, 80_000],
      [0.1, 300_000],
    ]);
    expect(ends).toEqual([100_000, 500_000]);
  });

  it('U12 holds for ten minutes after a peak, and then shrinks', () => {
    const ends = scaleEnds([
      [0, 300_000],
      [1, 80_000],
      [9.9, 80_000],
      [10, 80_000],
      [19.9, 80_000],
      [20, 80_000],
    ]);
    expect(ends).toEqual([500_000, 500_000, 500_000, 500_000, 500_000, 100_000]);
  });

  it('U12 does not shrink when the peak came back in between', () => {
    const ends = scaleEnds([
      [0, 300_000],
      [10, 80_000],
      [15, 310_000],
      [20, 80_000],
    ]);
    expect(ends).toEqual([500_000, 500_000, 500_000, 500_000]);
  });

  it('U12 is the same object while nothing changes', () => {
    const scale = stepScale(null, 80_000, 0);
    expect(stepScale(scale, 79_000, MINUTE_MS)).toBe(scale);
  });

  it('U12 points the needle from left at 0 to right at the end, and never beyond', () => {
    expect([0, 50, 100, 200, 250, -1].map((rate) => needleDegrees(rate, 200))).toEqual([
      -90, -45, 0, 90, 90, -90,
    ]);
  });
});
