import type { Coverage } from '../time/coverage.ts';
import { type Interval, missingFrom } from '../time/intervals.ts';
import { floorTo, RESOLUTION_MS, type Resolution } from '../time/resolution.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A stretch of time, wanted or missing, at one resolution; bounds are multiples of it. */
export interface Stretch extends Interval {
  readonly resolution: Resolution;
}

/** Before these instants nothing is required, epoch ms: there is no room for it. */
export type KeptFrom = Readonly<Record<Resolution, number>>;

export const NOTHING_CROWDED_OUT: KeptFrom = { '5s': 0, '1m': 0, '1h': 0 };

/** What must be there without a server, by importance. */
const REQUIRED: readonly [Resolution, number][] = [
  ['5s', HOUR_MS],
  ['1m', DAY_MS],
  ['1h', 30 * DAY_MS],
];

/** What is on screen, and the same span before it, which it is compared with. */
const SCREEN: readonly [Resolution, number][] = [['5s', 600_000]];

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
    return { resolution, fromMs: Math.max(newest.fromMs, newest.toMs - mostMs), toMs: newest.toMs };
  }
  return null;
}

/** How many buckets of the required stretches are missing. */
export function missingBuckets(coverage: Coverage, required: readonly Stretch[]): number {
  return required
    .flatMap((one) =>
      missingFrom(coverage[one.resolution], one).map(
        ({ fromMs, toMs }) => (toMs - fromMs) / RESOLUTION_MS[one.resolution],
      ),
    )
    .reduce((sum, buckets) => sum + buckets, 0);
}

function bucketsOf(rowsPerBucket: number | null): number {
  if (rowsPerBucket === null) return FIRST_BUCKETS;
  const buckets = Math.floor(PIECE_ROWS / Math.max(1, rowsPerBucket));
  return Math.min(Math.max(1, buckets), MOST_BUCKETS);
}
