import { coverageAfter } from '#core/live/commit.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import { type Segment, spanOf } from '#core/rollup/segment.ts';
import { SeriesDictionary } from '#core/rollup/series.ts';
import { type Coverage, NO_COVERAGE, withIntervals } from '#core/time/coverage.ts';
import {
  addInterval,
  type Interval,
  type IntervalSet,
  removeInterval,
} from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import { type Compression, unpackSegment } from './packing.ts';
import type { StoredDataSet } from './segment-store.ts';

/** How much of the newest data is held decoded, ms: the window, the one before it, and a little more. */
export const MEMORY_MS = 660_000;

/** What the worker holds in memory of one epoch: all its coverage, and the 5 s rows of the newest stretch. */
export interface DataSet {
  readonly epoch: string;
  readonly series: SeriesDictionary;
  /** How many of the series are stored. */
  storedSeries: number;
  coverage: Coverage;
  /** What came as it happened; see `Provenance`. */
  live: IntervalSet;
  /** Disjoint, ascending. */
  chunks: readonly Chunk[];
}

export function emptyDataSet(epoch: string): DataSet {
  const series = new SeriesDictionary();
  return { epoch, series, storedSeries: 0, coverage: NO_COVERAGE, live: [], chunks: [] };
}

/**
 * A stored data set with the rows of `newest`, its newest 5 s segments. What a damaged segment claimed
 * to cover is not covered: it is returned, to be deleted and fetched again.
 */
export async function loadDataSet(
  compression: Compression,
  stored: StoredDataSet,
  newest: readonly Segment[],
  live: IntervalSet,
): Promise<{ set: DataSet; damaged: Interval[] }> {
  const { chunks, damaged } = await unpackAll(compression, newest);
  const set = {
    epoch: stored.epoch,
    series: new SeriesDictionary(stored.series),
    storedSeries: stored.series.length,
    live,
    coverage: { ...stored.coverage, '5s': damaged.reduce(removeInterval, stored.coverage['5s']) },
    chunks,
  };
  return { set, damaged };
}

/** What segments keep, in their order, and the spans of those that are damaged. */
export async function unpackAll(
  compression: Compression,
  segments: readonly Segment[],
): Promise<{ chunks: Chunk[]; damaged: Interval[] }> {
  const unpacked = await Promise.all(segments.map((one) => unpackSegment(compression, one)));
  return {
    chunks: unpacked.filter((chunk) => chunk !== null),
    damaged: segments.filter((_, i) => unpacked[i] === null).map(spanOf),
  };
}

/** Takes in what was stored: all its coverage, and the rows of the newest stretch of 5 s. */
export function takeChunks(
  set: DataSet,
  resolution: Resolution,
  chunks: readonly Chunk[],
  isLive: boolean,
): void {
  const intervals = coverageAfter(set.coverage[resolution], [], chunks);
  set.coverage = withIntervals(set.coverage, resolution, intervals);
  if (isLive) set.live = chunks.reduce(addInterval, set.live);
  if (resolution === '5s') addChunks(set, chunks, endOf(set.coverage) - MEMORY_MS);
}

/** Puts chunks in their place, and lets go of what ended at or before `keepFromMs`. */
function addChunks(set: DataSet, chunks: readonly Chunk[], keepFromMs: number): void {
  set.chunks = [...set.chunks, ...chunks]
    .filter((one) => one.toMs > keepFromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
}

/** End of what is complete at 5 s, epoch ms; 0: nothing is. */
export function endOf(coverage: Coverage): number {
  return coverage['5s'].at(-1)?.toMs ?? 0;
}
