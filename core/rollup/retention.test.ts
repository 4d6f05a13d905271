import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESOLUTION_MS, type Resolution, RESOLUTIONS } from '../time/resolution.ts';
import { nextCompaction } from './compaction.ts';
import { bytesOf, planTrim } from './retention.ts';
import type { SegmentInfo } from './segment.ts';

const SEED = { seed: 20_261_126, numRuns: 300 };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 10, 21, 9);
const ALL = Number.POSITIVE_INFINITY;

function info(resolution: Resolution, endMs: number, byteLength = 1_000): SegmentInfo {
  const startMs = endMs - 12 * RESOLUTION_MS[resolution];
  return { epoch: 'e', resolution, startMs, endMs, byteLength };
}

const someSegments = fc
  .array(
    fc.record({
      resolution: fc.constantFrom(...RESOLUTIONS),
      back: fc.nat(500),
      bytes: fc.integer({ min: 100, max: 60_000 }),
    }),
  )
  .map((all) =>
    all.map(({ resolution, back, bytes }) =>
      info(resolution, NOW_MS - back * 12 * RESOLUTION_MS[resolution], bytes),
    ),
  );

describe('what is let go', () => {
  it('S23 is 5 s after a day, 1 min after 30 days, 1 h after 400 days', () => {
    const kept: [Resolution, number][] = [
      ['5s', DAY_MS],
      ['1m', 30 * DAY_MS],
      ['1h', 400 * DAY_MS],
    ];
    for (const [resolution, keptMs] of kept) {
      const old = info(resolution, NOW_MS - keptMs);
      const young = info(resolution, NOW_MS - keptMs + 1);
      expect(planTrim([old, young], NOW_MS, ALL)).toEqual({ expired: [old], crowdedOut: [] });
    }
  });

  it('S24 for want of room is the oldest of the finest first, no more than must, and never the newest', () => {
    fc.assert(
      fc.property(someSegments, fc.nat(2_000_000), (segments, mostBytes) => {
        const { expired, crowdedOut } = planTrim(segments, NOW_MS, mostBytes);
        const young = segments.filter((one) => !expired.includes(one));
        const left = young.filter((one) => !crowdedOut.includes(one));
        const last = crowdedOut.at(-1);
        if (!last) return;
        // Without the last one it would not have fitted.
        expect(bytesOf(left) + last.byteLength).toBeGreaterThan(mostBytes);
        const rank = (one: SegmentInfo) => RESOLUTIONS.indexOf(one.resolution);
        expect(crowdedOut.map(rank)).toEqual(crowdedOut.map(rank).toSorted((a, b) => a - b));
        for (const one of left.filter((other) => other.resolution === last.resolution)) {
          expect(one.endMs).toBeGreaterThanOrEqual(last.endMs);
        }
        expect(crowdedOut.every((one) => one.endMs <= NOW_MS - 900_000)).toBe(true);
      }),
      SEED,
    );
  });

  it('S24 is nothing as long as there is room', () => {
    fc.assert(
      fc.property(someSegments, (segments) => {
        expect(planTrim(segments, NOW_MS, bytesOf(segments)).crowdedOut).toEqual([]);
      }),
      SEED,
    );
  });
});

describe('what is made one', () => {
  const row = (ends: readonly number[], bytes = 1_000) =>
    ends.map((end) => info('5s', NOW_MS + end * 60_000, bytes));

  it('S25 is four or more small neighbours without a hole between them', () => {
    const four = row([1, 2, 3, 4]);
    expect(nextCompaction(four, ALL)).toEqual(four);
    expect(nextCompaction(row([1, 2, 3]), ALL)).toBeNull();
    expect(nextCompaction(row([1, 2, 4, 5]), ALL)).toBeNull();
    expect(nextCompaction(row([1, 3, 5, 6, 7, 8]), ALL)).toEqual(row([5, 6, 7, 8]));
  });

  it('S25 is never too large, nor what may still be written to', () => {
    expect(nextCompaction(row([1, 2, 3, 4], 9_000), ALL)).toBeNull();
    expect(nextCompaction(row([1, 2, 3, 4, 5]), NOW_MS + 3 * 60_000)).toBeNull();
  });
});
