import type { SegmentInfo } from './segment.ts';

/** What neighbours may weigh together to become one. */
const MOST_BYTES = 32_768;
/** Fewer neighbours than this are not worth rewriting. */
const LEAST_SEGMENTS = 4;

/**
 * Small neighbours that had better be one segment: what many short visits, or pieces of history, left
 * behind. Null: there are none.
 * @param segments of one data set and resolution, ascending
 * @param sealedBeforeMs what ends later may still be written to
 */
export function nextCompaction(
  segments: readonly SegmentInfo[],
  sealedBeforeMs: number,
): readonly SegmentInfo[] | null {
  let run: SegmentInfo[] = [];
  let bytes = 0;
  for (const one of segments) {
    if (one.endMs > sealedBeforeMs) break;
    const isFitting = run.at(-1)?.endMs === one.startMs && bytes + one.byteLength <= MOST_BYTES;
    if (!isFitting) {
      if (run.length >= LEAST_SEGMENTS) return run;
      run = [];
      bytes = 0;
    }
    run.push(one);
    bytes += one.byteLength;
  }
  return run.length >= LEAST_SEGMENTS ? run : null;
}
