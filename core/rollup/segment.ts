import { type Coverage, NO_COVERAGE } from '../time/coverage.ts';
import { addInterval, type Interval } from '../time/intervals.ts';
import type { Resolution } from '../time/resolution.ts';
import { type Chunk, rowsWithin } from './chunk.ts';

/**
 * A run of consecutive, complete buckets of one resolution, encoded: the unit of storage and of
 * deletion. Segments of one (epoch, resolution) never overlap.
 */
export interface Segment extends SegmentInfo {
  /** See `segment-codec.ts`; compressed with `deflate-raw`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is known of a segment without its bytes. */
export interface SegmentInfo {
  readonly epoch: string;
  readonly resolution: Resolution;
  /** Start of the first bucket, epoch ms. */
  readonly startMs: number;
  /** End of the last bucket, epoch ms. */
  readonly endMs: number;
  readonly byteLength: number;
}

export function spanOf(segment: SegmentInfo): Interval {
  return { fromMs: segment.startMs, toMs: segment.endMs };
}

/** Keeps a segment under 64 KB, above which single writes slow down, whatever its rows are. */
export const MOST_ROWS = 6_000;

/** Cuts a chunk between buckets, so that no part has many more rows than `MOST_ROWS`. */
export function cutChunk(chunk: Chunk): Chunk[] {
  const { rows } = chunk;
  const parts: Chunk[] = [];
  let fromMs = chunk.fromMs;
  let first = 0;
  for (let row = 0; row < rows.length; row++) {
    const bucketMs = rows.bucketStartMs[row] ?? chunk.toMs;
    if (row - first < MOST_ROWS || bucketMs === rows.bucketStartMs[row - 1]) continue;
    parts.push(partOf(chunk, fromMs, bucketMs));
    fromMs = bucketMs;
    first = row;
  }
  return [...parts, partOf(chunk, fromMs, chunk.toMs)];
}

function partOf(chunk: Chunk, fromMs: number, toMs: number): Chunk {
  return { fromMs, toMs, rows: rowsWithin(chunk.rows, { fromMs, toMs }) };
}

/** What segments that do not overlap are complete for. */
export function coverageOfSegments(segments: readonly Omit<SegmentInfo, 'epoch'>[]): Coverage {
  const covered = { ...NO_COVERAGE };
  for (const { resolution, startMs, endMs } of segments) {
    covered[resolution] = addInterval(covered[resolution], { fromMs: startMs, toMs: endMs });
  }
  return covered;
}
