import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeFormatOf } from '../time-format.ts';
import { timeTicks } from './time-ticks.ts';

const FROM_MS = new Date(2026, 2, 3, 14, 3, 25).getTime();
const TO_MS = FROM_MS + 300_000;
const HOUR_MS = 3_600_000;
/** Generous width of a digit or colon, in em. */
const CHARACTER_EM = 0.65;

function labelsAt(widthPx: number, emPx = 12): string[] {
  const { atMs, format } = timeTicks(FROM_MS, TO_MS, widthPx, emPx, timeFormatOf(null));
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

  it('U14 name each day where it begins, on an axis that goes over days', () => {
    const fromMs = Date.UTC(2026, 2, 3, 14);
    const inUtc = timeFormatOf('UTC');
    const { atMs, format } = timeTicks(fromMs, fromMs + 48 * HOUR_MS, 600, 12, inUtc);
    expect(atMs.map(format)).toEqual([
      '18:00',
      '4 Mar',
      '06:00',
      '12:00',
      '18:00',
      '5 Mar',
      '06:00',
      '12:00',
    ]);
  });

  it('U14 never collide, at any width and any span', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 3_800 }),
        fc.integer({ min: 8, max: 40 }),
        fc.integer({ min: 60_000, max: 60 * 86_400_000 }),
        fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 11, 31) }),
        fc.constantFrom(null, 'Europe/Berlin', 'America/Havana', 'Australia/Lord_Howe'),
        (widthPx, emPx, spanMs, fromMs, zone) => {
          const inZone = timeFormatOf(zone);
          const { atMs, format } = timeTicks(fromMs, fromMs + spanMs, widthPx, emPx, inZone);
          const xs = atMs.map((at) => ((at - fromMs) / spanMs) * widthPx);
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
    const { atMs } = timeTicks(FROM_MS, TO_MS, 800, 12, timeFormatOf(null));
    expect(atMs.every((at) => at >= FROM_MS && at <= TO_MS && at % 60_000 === 0)).toBe(true);
  });

  it('N23 are local round times, before and after clocks are set', () => {
    const labels = (zone: string, fromIso: string, hours: number, widthPx: number) => {
      const fromMs = Date.parse(fromIso);
      const inZone = timeFormatOf(zone);
      const { atMs, format } = timeTicks(fromMs, fromMs + hours * HOUR_MS, widthPx, 12, inZone);
      return atMs.map((at) => format(at)).join(' ');
    };
    // 02:00 to 03:00 is passed over, or comes twice.
    expect(labels('Europe/Berlin', '2026-03-28T22:30:00Z', 6, 600)).toBe(
      '00:00 01:00 03:00 04:00 05:00 06:00',
    );
    expect(labels('Europe/Berlin', '2026-10-24T21:30:00Z', 6, 600)).toBe(
      '00:00 01:00 02:00 02:00 03:00 04:00',
    );
    expect(labels('Europe/Berlin', '2026-03-28T12:00:00Z', 24, 350)).toBe(
      '18:00 00:00 06:00 12:00',
    );
    expect(labels('Australia/Lord_Howe', '2026-10-03T13:00:00Z', 4, 400)).toBe(
      '00:00 01:00 03:00 04:00',
    );
    expect(labels('Asia/Kolkata', '2026-11-21T00:00:00Z', 3, 300)).toBe('06:00 07:00 08:00');
    expect(labels('America/New_York', '2026-03-07T00:00:00Z', 96, 400)).toBe(
      '7 Mar 8 Mar 9 Mar 10 Mar',
    );
    expect(labels('America/New_York', '2026-03-01T00:00:00Z', 24 * 30, 400)).toBe(
      '2 Mar 9 Mar 16 Mar 23 Mar 30 Mar',
    );
  });

  it('U14 are left out where not even one fits', () => {
    expect(labelsAt(0)).toEqual([]);
  });
});
