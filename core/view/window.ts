import type { Coverage } from '../time/coverage.ts';
import { clipTo, type Interval } from '../time/intervals.ts';
import { ceilTo, floorTo, RESOLUTION_MS, type Resolution } from '../time/resolution.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How much of the past the user looks at, and where it ends. */
export interface TimeRange {
  /** One of `SPANS_MS`; of a stretch of the past, any length. */
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

/** Shorter stretches hold nothing, longer ones are refused by the server, however far back they begin. */
export const LEAST_SPAN_MS = 5_000;
export const MOST_SPAN_MS = 400 * DAY_MS;

/** More points than this a chart cannot show. */
const MOST_POINTS = 600;

/** What is shown: a span that ends at the playhead, and the buckets that it is cut into. */
export interface Window extends Interval {
  /** What it is made from. */
  readonly resolution: Resolution;
  /** Width of a point on the charts, a multiple of the resolution; divides the span of the window. */
  readonly bucketMs: number;
}

/** How long a span may be made from a resolution, and how far back it is kept; finest first. */
const LIMITS: readonly { resolution: Resolution; mostSpanMs: number; mostAgeMs: number }[] = [
  { resolution: '5s', mostSpanMs: HOUR_MS, mostAgeMs: DAY_MS },
  { resolution: '1m', mostSpanMs: DAY_MS, mostAgeMs: 30 * DAY_MS },
  { resolution: '1h', mostSpanMs: Infinity, mostAgeMs: Infinity },
];
/** With fewer, a chart would say less than a figure. */
const FEWEST_BUCKETS = 4;

/** Multiples of a resolution that people think in. */
const STEPS = [1, 2, 3, 4, 6, 12];
const LONGEST_STEP = 24;

/** The window that a playhead shows in real time: of buckets that ended at or before it. */
export function windowAt(playheadMs: number, spanMs = REAL_TIME.spanMs): Window {
  const [resolution] = resolutionsFor(spanMs, spanMs);
  const bucketMs = pointMs(spanMs, resolution);
  const toMs = floorTo(playheadMs + 1, bucketMs);
  return { fromMs: toMs - spanMs, toMs, resolution, bucketMs };
}

/**
 * The windows that a range can be shown by, the one of the finest buckets first.
 * @param edgeMs the newest instant that there is, epoch ms: what is much older is there in coarser buckets only
 */
export function windowsOf(range: TimeRange, edgeMs: number): readonly [Window, ...Window[]] {
  const { spanMs, endMs } = range;
  if (endMs === null) return [windowAt(edgeMs, spanMs)];
  const [finest, ...coarser] = resolutionsFor(spanMs, edgeMs - endMs + spanMs);
  const past = { spanMs, endMs };
  return [pastWindow(past, edgeMs, finest), ...coarser.map((one) => pastWindow(past, edgeMs, one))];
}

/** Of several windows the one that most is known of; the first, if it is no worse than others. */
export function bestKnown(windows: readonly [Window, ...Window[]], coverage: Coverage): Window {
  const share = ({ resolution, ...span }: Window) => {
    const known = clipTo(coverage[resolution], span);
    const knownMs = known.reduce((sum, one) => sum + one.toMs - one.fromMs, 0);
    return knownMs / (span.toMs - span.fromMs);
  };
  return windows.reduce((best, one) => (share(one) > share(best) ? one : best));
}

/** Widened to whole buckets, but not by one that is still open. */
function pastWindow(
  { spanMs, endMs }: { spanMs: number; endMs: number },
  edgeMs: number,
  resolution: Resolution,
): Window {
  const bucketMs = pointMs(spanMs, resolution);
  const closedMs = floorTo(edgeMs + 1, bucketMs);
  const toMs = Math.min(ceilTo(endMs, bucketMs), closedMs);
  const fromMs = Math.min(floorTo(endMs - spanMs, bucketMs), toMs - bucketMs);
  return { fromMs, toMs, resolution, bucketMs };
}

/** @param ageMs how far back it begins */
function resolutionsFor(spanMs: number, ageMs: number): readonly [Resolution, ...Resolution[]] {
  const fit = LIMITS.filter((one) => spanMs <= one.mostSpanMs && ageMs <= one.mostAgeMs);
  const [finest = '1h', ...coarser] = fit.map((one) => one.resolution);
  return [finest, ...coarser.filter((one) => spanMs >= FEWEST_BUCKETS * RESOLUTION_MS[one])];
}

/** Width of a point of the charts. */
function pointMs(spanMs: number, resolution: Resolution): number {
  const stepMs = RESOLUTION_MS[resolution];
  const step = STEPS.find((one) => spanMs / (one * stepMs) <= MOST_POINTS) ?? LONGEST_STEP;
  return step * stepMs;
}

export function isSameRange(a: TimeRange, b: TimeRange): boolean {
  return a.spanMs === b.spanMs && a.endMs === b.endMs;
}
