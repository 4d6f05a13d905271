import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coverage, NO_COVERAGE, withIntervals } from '../time/coverage.ts';
import { addInterval, clipTo, isCovered } from '../time/intervals.ts';
import { RESOLUTION_MS } from '../time/resolution.ts';
import { BucketTable } from './bucket-table.ts';
import { nextRollUp, rollUp } from './roll-up.ts';

const SEED = { seed: 20_261_125, numRuns: 200 };
const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 10, 21);
const at = (bucket: number) => START_MS + bucket * 5_000;

/** Covered at 5 s: some hours with holes. */
const holed = fc
  .array(fc.tuple(fc.nat(3_000), fc.nat(1_200)), { maxLength: 6 })
  .map((parts): Coverage => {
    const fives = parts
      .map(([from, length]) => ({ fromMs: at(from), toMs: at(from + length) }))
      .reduce(addInterval, NO_COVERAGE['5s']);
    return { ...NO_COVERAGE, '5s': fives };
  });

describe('adding up finer buckets', () => {
  it('R5 covers every coarse bucket whose children are all there, and no other', () => {
    fc.assert(
      fc.property(holed, (start) => {
        let coverage = start;
        for (let next = nextRollUp(coverage); next; next = nextRollUp(coverage)) {
          const { resolution } = next;
          expect(isCovered(coverage[next.from], next)).toBe(true);
          expect(clipTo(coverage[resolution], next)).toEqual([]);
          const intervals = addInterval(coverage[resolution], next);
          coverage = withIntervals(coverage, resolution, intervals);
        }
        for (const resolution of ['1m', '1h'] as const) {
          const step = RESOLUTION_MS[resolution];
          for (let fromMs = START_MS; fromMs < at(4_200); fromMs += step) {
            const bucket = { fromMs, toMs: fromMs + step };
            expect(isCovered(coverage[resolution], bucket)).toBe(isCovered(start['5s'], bucket));
          }
        }
      }),
      SEED,
    );
  });

  it('R5 takes the newest first, and not more than an hour of minutes at once', () => {
    const day = { fromMs: START_MS, toMs: START_MS + 24 * HOUR_MS };
    expect(nextRollUp({ ...NO_COVERAGE, '1m': [day] })).toEqual({
      resolution: '1h',
      from: '1m',
      fromMs: day.toMs - HOUR_MS,
      toMs: day.toMs,
    });
  });

  it('R6 counts only the rows inside the stretch', () => {
    const table = new BucketTable(5_000);
    const use = { calls: 1, tokens: 2, costMicroUsd: 3, latencyMsSum: 4 };
    for (let bucket = 0; bucket < 36; bucket++) table.add(at(bucket), 0, use);
    const chunk = { fromMs: at(0), toMs: at(36), rows: table.toRows() };
    const stretch = { resolution: '1m', from: '5s', fromMs: at(12), toMs: at(24) } as const;
    const { rows } = rollUp([chunk], stretch);
    expect([...rows.bucketStartMs]).toEqual([at(12)]);
    expect([...rows.calls]).toEqual([12]);
    expect([...rows.latencyMsSum]).toEqual([48]);
  });
});
