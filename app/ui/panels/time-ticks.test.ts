import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeTicks } from './time-ticks.ts';

const FROM_MS = new Date(2026, 2, 3, 14, 3, 25).getTime();
const TO_MS = FROM_MS + 300_000;
/** Generous width of a digit or colon, in em. */
const CHARACTER_EM = 0.65;

function labelsAt(widthPx: number, emPx = 12): string[] {
  const { atMs, format } = timeTicks(FROM_MS, TO_MS, widthPx, emPx);
  return atMs.map(format);
}

describe('the marks of the time axis', () => {
  it('U14 are as many as there is room for', () => {
    expect(labelsAt(260)).toEqual(['14:04', '14:06', '14:08']);
    expect(labelsAt(800)).toEqual(['14:04', '14:05', '14:06', '14:07', '14:08']);
    expect(labelsAt(2_000)).toEqual([
      '14:03:30',
      '14:04:00',
      '14:04:30',
      '14:05:00',
      '14:05:30',
      '14:06:00',
      '14:06:30',
      '14:07:00',
      '14:07:30',
      '14:08:00',
    ]);
  });

  it('U14 never collide, at any width and any span', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 3_800 }),
        fc.integer({ min: 8, max: 40 }),
        fc.integer({ min: 60_000, max: 60 * 86_400_000 }),
        (widthPx, emPx, spanMs) => {
          const { atMs, format } = timeTicks(FROM_MS, FROM_MS + spanMs, widthPx, emPx);
          const xs = atMs.map((at) => ((at - FROM_MS) / spanMs) * widthPx);
          const labelPx = Math.max(...atMs.map((at) => format(at).length), 0) * CHARACTER_EM * emPx;
          for (const [i, x] of xs.entries()) {
            expect(x - (xs[i - 1] ?? -Infinity)).toBeGreaterThan(labelPx);
          }
        },
      ),
      { seed: 20260303 },
    );
  });

  it('U14 stand inside the axis, at round times', () => {
    const { atMs } = timeTicks(FROM_MS, TO_MS, 800, 12);
    expect(atMs.every((at) => at >= FROM_MS && at <= TO_MS && at % 60_000 === 0)).toBe(true);
  });

  it('U14 are left out where not even one fits', () => {
    expect(labelsAt(0)).toEqual([]);
  });
});
