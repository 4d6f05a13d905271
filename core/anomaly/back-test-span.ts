import { clipTo, type Interval, type IntervalSet } from '../time/intervals.ts';
import { RESOLUTION_MS } from '../time/resolution.ts';

const HOUR_MS = RESOLUTION_MS['1h'];
/** What is tried. */
const TRIED_MS = 24 * HOUR_MS;
/** With less to learn from, hardly anything can stand out. */
const LEAST_LEARNT_MS = 6 * HOUR_MS;
/** More would make whoever tries wait, and say little else. */
const MOST_LEARNT_MS = 72 * HOUR_MS;
const LEAST_TRIED_MS = HOUR_MS;

/** What is needed before anything can be tried, ms. */
export const LEAST_CACHED_MS = LEAST_LEARNT_MS + LEAST_TRIED_MS;

export interface BackTestSpan {
  /** The stretch that is told of. */
  readonly tried: Interval;
  /** Known of it, ms. */
  readonly knownMs: number;
  /** Known before it, and learnt from, ms. */
  readonly learntMs: number;
  /** All of that, ascending. */
  readonly known: IntervalSet;
}

/**
 * Which part of what is known can be tried: the newest day, or what of it is left to try once enough was learnt.
 * @param covered 1-minute buckets that are known
 * @returns null: too little is known
 */
export function backTestSpan(covered: IntervalSet): BackTestSpan | null {
  const toMs = covered.at(-1)?.toMs ?? 0;
  const known = clipTo(covered, { fromMs: toMs - TRIED_MS - MOST_LEARNT_MS, toMs });
  const learntToMs = knownUpTo(known, LEAST_LEARNT_MS);
  if (learntToMs === null) return null;
  const tried = { fromMs: Math.max(toMs - TRIED_MS, learntToMs), toMs };
  const knownMs = lengthOf(clipTo(known, tried));
  if (knownMs < LEAST_TRIED_MS) return null;
  return { tried, knownMs, learntMs: lengthOf(known) - knownMs, known };
}

/** How much is known, ms. */
export function lengthOf(set: IntervalSet): number {
  return set.reduce((sum, one) => sum + one.toMs - one.fromMs, 0);
}

/** When as much as `lengthMs` of a set has passed; null: it has not so much. */
function knownUpTo(set: IntervalSet, lengthMs: number): number | null {
  let leftMs = lengthMs;
  for (const { fromMs, toMs } of set) {
    if (toMs - fromMs >= leftMs) return fromMs + leftMs;
    leftMs -= toMs - fromMs;
  }
  return null;
}
