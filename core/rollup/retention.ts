import { RESOLUTIONS, type Resolution } from '../time/resolution.ts';
import type { SegmentInfo } from './segment.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long buckets are kept while there is room, ms. */
export const KEPT_MS: Readonly<Record<Resolution, number>> = {
  '5s': DAY_MS,
  '1m': 30 * DAY_MS,
  '1h': 400 * DAY_MS,
};

/** The newest stretch, which is on screen and goes last of all, ms. */
const HELD_MS: Readonly<Record<Resolution, number>> = {
  '5s': 900_000,
  '1m': HOUR_MS,
  '1h': DAY_MS,
};

export interface Trim {
  /** Older than they are kept. */
  readonly expired: readonly SegmentInfo[];
  /** There is no room for them: the oldest of the finest resolution first. */
  readonly crowdedOut: readonly SegmentInfo[];
}

/**
 * Which segments of one data set must go so that what is left is young enough and fits. What is on
 * screen stays even when it alone does not fit.
 * @param toMs end of the newest closed bucket, epoch ms
 * @param mostBytes room for all segments
 */
export function planTrim(segments: readonly SegmentInfo[], toMs: number, mostBytes: number): Trim {
  const isExpired = (one: SegmentInfo) => one.endMs <= toMs - KEPT_MS[one.resolution];
  const expired = segments.filter(isExpired);
  const kept = segments.filter((one) => !isExpired(one));
  let excess = bytesOf(kept) - mostBytes;
  const crowdedOut: SegmentInfo[] = [];
  for (const resolution of RESOLUTIONS) {
    const candidates = kept
      .filter((one) => one.resolution === resolution && one.endMs <= toMs - HELD_MS[resolution])
      .sort((a, b) => a.startMs - b.startMs);
    for (const one of candidates) {
      if (excess <= 0) break;
      crowdedOut.push(one);
      excess -= one.byteLength;
    }
  }
  return { expired, crowdedOut };
}

export function bytesOf(segments: readonly SegmentInfo[]): number {
  return segments.reduce((sum, one) => sum + one.byteLength, 0);
}
