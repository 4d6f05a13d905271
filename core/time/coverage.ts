import type { IntervalSet } from './intervals.ts';
import type { Resolution } from './resolution.ts';

/** What is complete, by resolution; the bounds of each interval are multiples of it. */
export type Coverage = Readonly<Record<Resolution, IntervalSet>>;

export const NO_COVERAGE: Coverage = { '5s': [], '1m': [], '1h': [] };

/** The same but for one resolution. */
export function withIntervals(
  coverage: Coverage,
  resolution: Resolution,
  intervals: IntervalSet,
): Coverage {
  return { ...coverage, [resolution]: intervals };
}
