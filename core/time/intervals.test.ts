import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addInterval,
  clipTo,
  type Interval,
  type IntervalSet,
  isCovered,
  missingFrom,
  removeInterval,
} from './intervals.ts';

const SEED = { seed: 20_261_121, numRuns: 300 };
const END = 40;

const interval = fc
  .tuple(fc.nat(END), fc.nat(END))
  .map(([a, b]): Interval => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }));
const change = fc.tuple(fc.boolean(), interval);

function apply(changes: readonly [boolean, Interval][]): IntervalSet {
  return changes.reduce<IntervalSet>(
    (set, [isAdded, one]) => (isAdded ? addInterval(set, one) : removeInterval(set, one)),
    [],
  );
}

/** The same set as one flag per millisecond: slow and obviously right. */
function flagsOf(set: IntervalSet): boolean[] {
  return Array.from({ length: END }, (_, at) => set.some((s) => s.fromMs <= at && at < s.toMs));
}

function flagsAfter(changes: readonly [boolean, Interval][]): boolean[] {
  const flags = Array.from({ length: END }, () => false);
  for (const [isAdded, one] of changes) flags.fill(isAdded, one.fromMs, one.toMs);
  return flags;
}

describe('interval sets', () => {
  it('S1 hold exactly what was added and not removed, in any order of changes', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        expect(flagsOf(apply(changes))).toEqual(flagsAfter(changes));
      }),
      SEED,
    );
  });

  it('S1 stay disjoint, ascending, non-empty and non-touching', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const set = apply(changes);
        expect(set.every((one) => one.fromMs < one.toMs)).toBe(true);
        expect(set.every((one, i) => i === 0 || (set[i - 1]?.toMs ?? 0) < one.fromMs)).toBe(true);
      }),
      SEED,
    );
  });

  it('S1 split what is wanted into what is there and what is missing', () => {
    fc.assert(
      fc.property(fc.array(change), interval, (changes, wanted) => {
        const set = apply(changes);
        const there = clipTo(set, wanted);
        const missing = missingFrom(set, wanted);
        expect(flagsOf([...there, ...missing])).toEqual(flagsOf([wanted]));
        expect(missing.every((one) => clipTo(set, one).length === 0)).toBe(true);
        expect(isCovered(set, wanted)).toBe(missing.length === 0);
      }),
      SEED,
    );
  });
});
