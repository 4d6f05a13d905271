import { type Interval, type IntervalSet, missingFrom } from '../time/intervals.ts';

/** Finest history that the cache must hold, back from the newest closed bucket. */
const REQUIRED_MS = 3_600_000;

/** Span asked for at once: small enough to be shown soon, large enough to be worth a question. */
const PIECE_MS = 900_000;

/**
 * What to ask history for next: the newest piece that is missing of the last hour, so that what the
 * user looks at comes first. Null: nothing is missing.
 * @param toMs end of the newest closed bucket, epoch ms; all coverage is 5 s buckets
 */
export function nextHistoryPiece(coverage: IntervalSet, toMs: number): Interval | null {
  const required = { fromMs: Math.max(0, toMs - REQUIRED_MS), toMs };
  const newest = missingFrom(coverage, required).at(-1);
  if (!newest) return null;
  return { fromMs: Math.max(newest.fromMs, newest.toMs - PIECE_MS), toMs: newest.toMs };
}
