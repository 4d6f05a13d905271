import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageParts, type KnownState } from './coverage-parts.ts';
import { addInterval, type Interval, type IntervalSet } from './intervals.ts';
import { type Known, NOTHING_KNOWN } from './known.ts';
import type { Resolution } from './resolution.ts';

const SEED = { seed: 20_261_121, numRuns: 300 };
const END = 40;
const span = (fromMs: number, toMs: number): Interval => ({ fromMs, toMs });

const interval = fc
  .tuple(fc.nat(END), fc.nat(END))
  .map(([a, b]) => span(Math.min(a, b), Math.max(a, b)));
const set = fc
  .array(interval, { maxLength: 5 })
  .map((intervals) => intervals.reduce<IntervalSet>(addInterval, []));
const known: fc.Arbitrary<Known> = fc.record({
  coverage: fc.record({ '5s': set, '1m': set, '1h': set }),
  live: set,
  outages: set,
});

/** The state of one millisecond, by the words of `KnownState`. */
function stateAt({ coverage, live, outages }: Known, atMs: number, of: Resolution): KnownState {
  const isIn = (one: IntervalSet) => one.some((s) => s.fromMs <= atMs && atMs < s.toMs);
  if (isIn(coverage[of]) && isIn(live)) return 'complete';
  if (isIn(outages)) return 'outage';
  if (isIn(coverage[of])) return 'back-filled';
  return Object.values(coverage).some(isIn) ? 'partial' : 'missing';
}

const told = (given: Partial<Known>, of: Resolution = '5s') =>
  coverageParts({ ...NOTHING_KNOWN, ...given }, span(0, 100), of).map(
    ({ fromMs, toMs, state, isHere }) => `${fromMs}-${toMs} ${state}${isHere ? '' : ', not here'}`,
  );
const coverage = (fives: IntervalSet, minutes: IntervalSet = []) => ({
  '5s': fives,
  '1m': minutes,
  '1h': [],
});

describe('the parts of a span', () => {
  it('V37 fill it, each of one state, which is that of every moment in it', () => {
    fc.assert(
      fc.property(
        known,
        interval,
        fc.constantFrom<Resolution>('5s', '1m', '1h'),
        (given, of, resolution) => {
          const parts = coverageParts(given, of, resolution);
          const moments = parts.flatMap(({ fromMs, toMs, state }) =>
            Array.from({ length: toMs - fromMs }, () => state),
          );
          const expected = Array.from({ length: of.toMs - of.fromMs }, (_, i) =>
            stateAt(given, of.fromMs + i, resolution),
          );
          expect(moments).toEqual(expected);
          expect(parts[0]?.fromMs ?? of.fromMs).toBe(of.fromMs);
        },
      ),
      SEED,
    );
  });

  it('V37 are as few as can be', () => {
    fc.assert(
      fc.property(known, interval, (given, of) => {
        const parts = coverageParts(given, of, '5s');
        for (const [i, part] of parts.entries()) {
          const next = parts[i + 1];
          expect(next?.state === part.state && next.isHere === part.isHere).toBe(false);
        }
      }),
      SEED,
    );
  });

  it('V37 tell what came as it happened from what was fetched afterwards', () => {
    const live = [span(0, 30), span(60, 100)];
    expect(told({ coverage: coverage([span(0, 100)]), live })).toEqual([
      '0-30 complete',
      '30-60 back-filled',
      '60-100 complete',
    ]);
  });

  it('V37 show an outage whether or not what it cost was fetched since, but not where data came all the same', () => {
    const given = {
      coverage: coverage([span(0, 50), span(80, 100)]),
      live: [span(0, 35), span(80, 100)],
      outages: [span(30, 85)],
    };
    expect(told(given)).toEqual([
      '0-35 complete',
      '35-50 outage',
      '50-80 outage, not here',
      '80-100 complete',
    ]);
  });

  it('V37 call what is here in other buckets only partial', () => {
    const given = { coverage: coverage([span(80, 100)], [span(20, 90)]), live: [] };
    expect(told(given)).toEqual([
      '0-20 missing, not here',
      '20-80 partial, not here',
      '80-100 back-filled',
    ]);
    expect(told(given, '1m').at(-1)).toBe('90-100 partial, not here');
  });

  it('V37 are none of an empty span', () => {
    expect(coverageParts(NOTHING_KNOWN, span(5, 5), '5s')).toEqual([]);
  });
});
