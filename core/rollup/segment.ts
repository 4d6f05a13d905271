import type { Interval } from '../time/intervals.ts';
import { RESOLUTION_MS, type Resolution } from '../time/resolution.ts';
import { type Chunk, rowsWithin } from './chunk.ts';
import { encodeSegment } from './segment-codec.ts';

/**
 * A run of consecutive, complete buckets of one resolution, encoded: the unit of storage and of
 * deletion. Segments of one (epoch, resolution) never overlap.
 */
export interface Segment {
  readonly epoch: string;
  readonly resolution: Resolution;
  /** Start of the first bucket, epoch ms. */
  readonly startMs: number;
  /** End of the last bucket, epoch ms. */
  readonly endMs: number;
  /** See `segment-codec.ts`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function spanOf(segment: Segment): Interval {
  return { fromMs: segment.startMs, toMs: segment.endMs };
}

/** Keeps a segment under 64 KB: a row takes some 12 bytes, and a single write slows down above that. */
export const MOST_ROWS = 4_000;

/** Encodes a chunk, cut between buckets so that no segment has many more rows than `MOST_ROWS`. */
export function segmentsOf(chunk: Chunk, epoch: string, resolution: Resolution): Segment[] {
  const stepMs = RESOLUTION_MS[resolution];
  const segments: Segment[] = [];
  let startMs = chunk.fromMs;
  let first = 0;
  for (let row = 0; row <= chunk.rows.length; row++) {
    const isLast = row === chunk.rows.length;
    const bucketMs = isLast ? chunk.toMs : (chunk.rows.bucketStartMs[row] ?? chunk.toMs);
    const isCut = row - first >= MOST_ROWS && bucketMs !== chunk.rows.bucketStartMs[row - 1];
    if (!isLast && !isCut) continue;
    const rows = rowsWithin(chunk.rows, { fromMs: startMs, toMs: bucketMs });
    const bytes = encodeSegment(rows, startMs, stepMs);
    segments.push({ epoch, resolution, startMs, endMs: bucketMs, bytes });
    startMs = bucketMs;
    first = row;
  }
  return segments;
}
