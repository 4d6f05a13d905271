import type { Chunk } from '../rollup/chunk.ts';
import { addInterval, type Interval, type IntervalSet, isCovered } from '../time/intervals.ts';
import type { Trend } from './frame.ts';

/** What a list of chunks is complete for. */
export function coverageOf(chunks: readonly Chunk[]): IntervalSet {
  return chunks.reduce<IntervalSet>(addInterval, []);
}

/** One flag per equal part of the span: whether all of it is covered. */
export function coveredParts(coverage: IntervalSet, span: Interval, parts: number): boolean[] {
  const partMs = (span.toMs - span.fromMs) / parts;
  return Array.from({ length: parts }, (_, i) => {
    const fromMs = span.fromMs + i * partMs;
    return isCovered(coverage, { fromMs, toMs: fromMs + partMs });
  });
}

/** Values where they are known, null where they are not. */
export function trendOf(values: ArrayLike<number>, isKnown: readonly boolean[]): Trend {
  return isKnown.map((known, i) => (known ? (values[i] ?? 0) : null));
}
