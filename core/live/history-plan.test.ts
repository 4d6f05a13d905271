import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coverage, NO_COVERAGE, withIntervals } from '../time/coverage.ts';
import { addInterval, clipTo, type IntervalSet, isCovered } from '../time/intervals.ts';
import { RESOLUTION_MS, type Resolution, RESOLUTIONS } from '../time/resolution.ts';
import { windowAt } from '../view/window.ts';
import {
  missingBuckets,
  nextHistoryPiece,
  comparedWith,
  NOTHING_CROWDED_OUT,
  requiredAt,
  type Stretch,
  withWanted,
} from './history-plan.ts';

const SEED = { seed: 20_261_124, numRuns: 200 };
const NOW_MS = Date.UTC(2026, 10, 21, 9, 17, 35);
const DAY_MS = 86_400_000;
const unknown = () => null;

/** Some of what is required is there, in whole buckets. */
const someCoverage = fc
  .array(
    fc.record({
      resolution: fc.constantFrom(...RESOLUTIONS),
      back: fc.nat(900),
      buckets: fc.nat(300),
    }),
  )
  .map((parts) => {
    const covered: Record<Resolution, IntervalSet> = { ...NO_COVERAGE };
    for (const { resolution, back, buckets } of parts) {
      const step = RESOLUTION_MS[resolution];
      const toMs = Math.floor(NOW_MS / step) * step - back * step;
      covered[resolution] = addInterval(covered[resolution], {
        fromMs: toMs - buckets * step,
        toMs,
      });
    }
    return covered;
  });

describe('the plan of what to ask history for', () => {
  it('H1 requires 1 h at 5 s, a day at 1 min and 30 days at 1 h, and a point more, in this order', () => {
    const required = requiredAt(NOW_MS, NOTHING_CROWDED_OUT);
    expect(required.map((one) => [one.resolution, one.toMs - one.fromMs])).toEqual([
      ['5s', 3_600_000 + 10_000],
      ['1m', DAY_MS + 180_000],
      ['1h', 30 * DAY_MS + 7_200_000],
    ]);
    for (const [i, spanMs] of [3_600_000, DAY_MS, 30 * DAY_MS].entries()) {
      const window = windowAt(NOW_MS - 1, spanMs);
      expect(window.fromMs).toBeGreaterThanOrEqual(required[i]?.fromMs ?? Infinity);
      expect(window.resolution).toBe(required[i]?.resolution);
    }
  });

  it('H1 requires no more than the screen shows once the user has cancelled', () => {
    const [one, ...others] = requiredAt(NOW_MS, NOTHING_CROWDED_OUT, 'screen');
    expect(one).toEqual({ resolution: '5s', fromMs: NOW_MS - 600_000, toMs: NOW_MS });
    expect(others).toEqual([]);
  });

  it('H2 requires nothing that there is no room for', () => {
    const keptFrom = { ...NOTHING_CROWDED_OUT, '5s': NOW_MS - 600_000 };
    expect(requiredAt(NOW_MS, keptFrom)[0]?.fromMs).toBe(NOW_MS - 600_000);
  });

  it('H3 never asks for what is covered, and always ends without a gap, however answers are cut', () => {
    fc.assert(
      fc.property(
        someCoverage,
        fc.infiniteStream(fc.tuple(fc.boolean(), fc.double({ min: 0.01, max: 1, noNaN: true }))),
        fc.option(fc.double({ min: 0, max: 9_000, noNaN: true })),
        (start, answers, rows) => {
          const required = requiredAt(NOW_MS, NOTHING_CROWDED_OUT);
          let coverage: Coverage = start;
          let asked = 0;
          for (const [isAnswered, share] of answers) {
            const piece = nextHistoryPiece(coverage, required, () => rows);
            if (!piece) break;
            asked++;
            expect(asked).toBeLessThan(20_000);
            expect(clipTo(coverage[piece.resolution], piece)).toEqual([]);
            expect(piece.fromMs).toBeLessThan(piece.toMs);
            // An answer may fail, or end early at any bucket.
            if (isAnswered) coverage = answered(coverage, piece, share);
          }
          expect(missingBuckets(coverage, required)).toBe(0);
          for (const one of required) expect(isCovered(coverage[one.resolution], one)).toBe(true);
        },
      ),
      SEED,
    );
  });

  it('H4 asks for the newest first', () => {
    const required = requiredAt(NOW_MS, NOTHING_CROWDED_OUT);
    let coverage = NO_COVERAGE;
    let beforeMs = Number.POSITIVE_INFINITY;
    for (let piece = nextHistoryPiece(coverage, required, unknown); piece?.resolution === '5s';) {
      expect(piece.toMs).toBeLessThan(beforeMs);
      beforeMs = piece.toMs;
      coverage = answered(coverage, piece, 1);
      piece = nextHistoryPiece(coverage, required, unknown);
    }
    // Pieces of 5 min; the last is the rest: 10 s.
    expect(beforeMs).toBe(NOW_MS - 3_600_000);
  });

  it('H5 asks for about as much as 200 KB can carry, once it knows how full buckets are', () => {
    const required = requiredAt(NOW_MS, NOTHING_CROWDED_OUT);
    const toMs = required[0]?.toMs ?? 0;
    const screen = { fromMs: toMs - 300_000, toMs };
    const withScreen = withIntervals(NO_COVERAGE, '5s', [screen]);
    const bucketsAt = (rows: number | null, coverage = withScreen) => {
      const piece = nextHistoryPiece(coverage, required, () => rows);
      return piece && (piece.toMs - piece.fromMs) / 5_000;
    };
    expect(bucketsAt(null)).toBe(60);
    expect(bucketsAt(250)).toBe(80);
    expect(bucketsAt(2_500)).toBe(8);
    expect(bucketsAt(1e9)).toBe(1);
    expect(bucketsAt(0)).toBe(662);
    // What is on screen comes by itself, to be there as soon as can be.
    expect(bucketsAt(0, NO_COVERAGE)).toBe(60);
    expect(bucketsAt(2_500, NO_COVERAGE)).toBe(8);
  });

  it('H11 asks for what is looked at right after what is on every screen, as far as it can be had', () => {
    const required = requiredAt(NOW_MS, NOTHING_CROWDED_OUT);
    const newest = { toMs: NOW_MS, keptFrom: NOTHING_CROWDED_OUT };
    const aWeekAgo = {
      resolution: '1m',
      fromMs: NOW_MS - 7 * DAY_MS,
      toMs: NOW_MS - 6 * DAY_MS,
    } as const;
    expect(withWanted(required, [aWeekAgo], newest)).toEqual([
      required[0],
      aWeekAgo,
      ...required.slice(1),
    ]);
    const tomorrow = { ...aWeekAgo, fromMs: NOW_MS + DAY_MS, toMs: NOW_MS + 2 * DAY_MS };
    expect(withWanted(required, [tomorrow], newest)).toEqual(required);
    const crowded = { toMs: NOW_MS, keptFrom: { ...NOTHING_CROWDED_OUT, '1m': NOW_MS } };
    expect(withWanted(required, [aWeekAgo], crowded)).toEqual(required);
    expect(missingBuckets(NO_COVERAGE, [...required, ...required])).toBe(
      missingBuckets(NO_COVERAGE, required),
    );
  });

  it('V28 has what is looked at compared with as much before it, as far as that is kept', () => {
    const span = (fromDays: number, toDays: number, resolution: Resolution) =>
      ({ resolution, fromMs: NOW_MS - fromDays * DAY_MS, toMs: NOW_MS - toDays * DAY_MS }) as const;
    const compared = (stretch: Stretch) => comparedWith([stretch], NOW_MS);
    expect(compared(span(2, 1, '1m'))).toEqual([span(3, 2, '1m')]);
    expect(compared(span(0.75, 0, '5s'))).toEqual([span(1, 0.75, '5s')]);
    expect(compared(span(1, 0.5, '5s'))).toEqual([]);
  });
});

/** What is covered after the first part of a piece has come. */
function answered(coverage: Coverage, piece: Stretch, share: number): Coverage {
  const { resolution, fromMs, toMs } = piece;
  const step = RESOLUTION_MS[resolution];
  const buckets = Math.max(1, Math.round(((toMs - fromMs) / step) * share));
  const got = { fromMs, toMs: fromMs + buckets * step };
  return withIntervals(coverage, resolution, addInterval(coverage[resolution], got));
}
