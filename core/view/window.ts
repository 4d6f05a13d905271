import type { Interval } from '../time/intervals.ts';
import { floorTo, RESOLUTION_MS, type Resolution } from '../time/resolution.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How much of the past the user looks at, and where it ends. */
export interface TimeRange {
  /** A multiple of 5 min. */
  readonly spanMs: number;
  /** Epoch ms; null: real time, the newest there is. */
  readonly endMs: number | null;
}

/** What can be chosen at a touch, shortest first. */
export const SPANS_MS = [
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  DAY_MS,
  7 * DAY_MS,
  30 * DAY_MS,
] as const;

export const REAL_TIME: TimeRange = { spanMs: SPANS_MS[0], endMs: null };

/** More points than this a chart cannot show. */
const MOST_POINTS = 600;

/** What is shown: a span that ends at the playhead, and the buckets that it is cut into. */
export interface Window extends Interval {
  /** What it is made from. */
  readonly resolution: Resolution;
  /** Width of a point on the charts, a multiple of the resolution; divides the span. */
  readonly bucketMs: number;
}

/** The finest resolution that is required for a span, and kept for its age, is what it is made from. */
const FINEST: readonly { resolution: Resolution; mostSpanMs: number; mostAgeMs: number }[] = [
  { resolution: '5s', mostSpanMs: HOUR_MS, mostAgeMs: DAY_MS },
  { resolution: '1m', mostSpanMs: DAY_MS, mostAgeMs: 30 * DAY_MS },
];

/** Multiples of a resolution that people think in. */
const STEPS = [1, 2, 3, 4, 6, 12, 24, 48];

/**
 * The window that a playhead shows: of buckets that ended at or before it.
 * @param spanMs a multiple of 5 min; of an hour beyond a day
 * @param nowMs the newest that there is, epoch ms: what is much older is there in coarser buckets only
 */
export function windowAt(
  playheadMs: number,
  spanMs = REAL_TIME.spanMs,
  nowMs = playheadMs,
): Window {
  const ageMs = nowMs - playheadMs + spanMs;
  const finest = FINEST.find((one) => spanMs <= one.mostSpanMs && ageMs <= one.mostAgeMs);
  const resolution = finest?.resolution ?? '1h';
  const stepMs = RESOLUTION_MS[resolution];
  const isFitting = (step: number) =>
    spanMs / (step * stepMs) <= MOST_POINTS && spanMs % (step * stepMs) === 0;
  const bucketMs = (STEPS.find(isFitting) ?? 1) * stepMs;
  const toMs = floorTo(playheadMs + 1, bucketMs);
  return { fromMs: toMs - Math.max(spanMs, bucketMs), toMs, resolution, bucketMs };
}

export function isSameRange(a: TimeRange, b: TimeRange): boolean {
  return a.spanMs === b.spanMs && a.endMs === b.endMs;
}
