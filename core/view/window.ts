import type { Interval } from '../time/intervals.ts';
import { floorTo, RESOLUTION_MS, type Resolution } from '../time/resolution.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Length of the live window, ms. */
const LIVE_SPAN_MS = 5 * MINUTE_MS;

/** More points than this a chart cannot show. */
const MOST_POINTS = 600;

/** What is shown: a span that ends at the playhead, and the buckets that it is cut into. */
export interface Window extends Interval {
  /** What it is made from. */
  readonly resolution: Resolution;
  /** Width of a point on the charts, a multiple of the resolution; divides the span. */
  readonly bucketMs: number;
}

/** What is required without a server says up to which span a resolution is there. */
const FINEST_UP_TO: readonly [Resolution, number][] = [
  ['5s', HOUR_MS],
  ['1m', DAY_MS],
  ['1h', Infinity],
];

/** Multiples of a resolution that people think in. */
const STEPS = [1, 2, 3, 4, 6, 12, 24, 48];

/**
 * The window of `spanMs` that a playhead shows: of buckets that ended at or before it.
 * @param spanMs a multiple of 5 min
 */
export function windowAt(playheadMs: number, spanMs = LIVE_SPAN_MS): Window {
  const resolution = FINEST_UP_TO.find(([, mostMs]) => spanMs <= mostMs)?.[0] ?? '1h';
  const stepMs = RESOLUTION_MS[resolution];
  const step = STEPS.find((one) => spanMs / (one * stepMs) <= MOST_POINTS) ?? 1;
  const toMs = floorTo(playheadMs + 1, step * stepMs);
  return { fromMs: toMs - spanMs, toMs, resolution, bucketMs: step * stepMs };
}
