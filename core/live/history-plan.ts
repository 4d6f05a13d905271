import { KEPT_MS } from '../rollup/retention.ts';
import type { Coverage } from '../time/coverage.ts';
import { addInterval, type Interval, type IntervalSet, missingFrom } from '../time/intervals.ts';
import {
  ceilTo,
  floorTo,
  RESOLUTION_MS,
  type Resolution,
  RESOLUTIONS,
} from '../time/resolution.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A stretch of time, wanted or missing, at one resolution; bounds are multiples of it. */
export interface Stretch extends Interval {
  readonly resolution: Resolution;
}

/** Before these instants nothing is required, epoch ms: there is no room for it. */
export type KeptFrom = Readonly<Record<Resolution, number>>;

export const NOTHING_CROWDED_OUT: KeptFrom = { '5s': 0, '1m': 0, '1h': 0 };

/**
 * What must be there without a server, by importance: an hour, a day, 30 days, and a point of the chart
 * that shows so much, as that ends with its last whole one.
 */
const REQUIRED: readonly [Resolution, number][] = [
  ['5s', HOUR_MS + 10_000],
  ['1m', DAY_MS + 180_000],
  ['1h', 30 * DAY_MS + 2 * HOUR_MS],
];

/** What is on screen, and the same span before it, which it is compared with. */
const SCREEN: readonly [Resolution, number][] = [['5s', 600_000]];

/** Length of the live window, ms. */
const SCREEN_MS = 300_000;

/** Buckets asked for at once while nothing is known of how full they are. */
const FIRST_BUCKETS = 60;
const MOST_BUCKETS = 720;
/** About as many rows as 200 KB on the wire can carry: soon there, and worth a question. */
const PIECE_ROWS = 20_000;

/**
 * What the cache must be complete for, most important first.
 * @param toMs end of the newest closed 5 s bucket, epoch ms
 * @param scope 'screen': no more than what is looked at
 */
export function requiredAt(
  toMs: number,
  keptFrom: KeptFrom,
  scope: 'all' | 'screen' = 'all',
): readonly Stretch[] {
  return (scope === 'all' ? REQUIRED : SCREEN).map(([resolution, spanMs]) => {
    const endMs = floorTo(toMs, RESOLUTION_MS[resolution]);
    const fromMs = Math.max(0, keptFrom[resolution], endMs - spanMs);
    return { resolution, fromMs: floorTo(fromMs, RESOLUTION_MS[resolution]), toMs: endMs };
  });
}

/** What is required, and what is looked at, before what is required for later. */
export function withWanted(
  [first, ...others]: readonly Stretch[],
  wanted: readonly Stretch[],
  { toMs, keptFrom }: { readonly toMs: number; readonly keptFrom: KeptFrom },
): readonly Stretch[] {
  const possible = wanted.flatMap((one) => {
    const stepMs = RESOLUTION_MS[one.resolution];
    const fromMs = Math.max(one.fromMs, ceilTo(keptFrom[one.resolution], stepMs));
    const endMs = Math.min(one.toMs, floorTo(toMs, stepMs));
    return fromMs < endMs ? [{ ...one, fromMs, toMs: endMs }] : [];
  });
  return first ? [first, ...possible, ...others] : possible;
}

/**
 * As much before what is looked at, which it is compared with.
 * @param toMs end of the newest closed bucket, epoch ms
 */
export function comparedWith(wanted: readonly Stretch[], toMs: number): readonly Stretch[] {
  return wanted.flatMap(({ resolution, fromMs, toMs: endMs }) => {
    const stepMs = RESOLUTION_MS[resolution];
    // What is no longer kept would be let go and fetched for ever.
    const keptMs = ceilTo(toMs - KEPT_MS[resolution], stepMs);
    const before = { resolution, fromMs: Math.max(2 * fromMs - endMs, keptMs, 0), toMs: fromMs };
    return before.fromMs < before.toMs ? [before] : [];
  });
}

/**
 * What to ask history for next: the newest part that is missing of the most important stretch.
 * Null: nothing is missing.
 * @param rowsPerBucket how full buckets were last found to be; null: not known
 */
export function nextHistoryPiece(
  coverage: Coverage,
  required: readonly Stretch[],
  rowsPerBucket: (resolution: Resolution) => number | null,
): Stretch | null {
  for (const stretch of required) {
    const { resolution } = stretch;
    const newest = missingFrom(coverage[resolution], stretch).at(-1);
    if (!newest) continue;
    const mostMs = bucketsOf(rowsPerBucket(resolution)) * RESOLUTION_MS[resolution];
    const fromMs = Math.max(newest.fromMs, newest.toMs - mostMs);
    // What is on screen comes by itself, so that it is there as soon as can be.
    const screenFromMs = resolution === '5s' ? stretch.toMs - SCREEN_MS : 0;
    const isOnScreen = newest.toMs > screenFromMs;
    return {
      resolution,
      fromMs: isOnScreen ? Math.max(fromMs, screenFromMs) : fromMs,
      toMs: newest.toMs,
    };
  }
  return null;
}

/** How many buckets of the required stretches are missing; those of overlapping ones once. */
export function missingBuckets(coverage: Coverage, required: readonly Stretch[]): number {
  let buckets = 0;
  for (const resolution of RESOLUTIONS) {
    const spans = required
      .filter((one) => one.resolution === resolution)
      .reduce<IntervalSet>(addInterval, []);
    for (const span of spans) {
      for (const { fromMs, toMs } of missingFrom(coverage[resolution], span)) {
        buckets += (toMs - fromMs) / RESOLUTION_MS[resolution];
      }
    }
  }
  return buckets;
}

function bucketsOf(rowsPerBucket: number | null): number {
  if (rowsPerBucket === null) return FIRST_BUCKETS;
  const buckets = Math.floor(PIECE_ROWS / Math.max(1, rowsPerBucket));
  return Math.min(Math.max(1, buckets), MOST_BUCKETS);
}
