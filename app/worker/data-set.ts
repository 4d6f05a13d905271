import type { Chunk } from '#core/rollup/chunk.ts';
import { decodeSegment } from '#core/rollup/segment-codec.ts';
import { type Segment, spanOf } from '#core/rollup/segment.ts';
import { SeriesDictionary } from '#core/rollup/series.ts';
import { type Interval, type IntervalSet, removeInterval } from '#core/time/intervals.ts';
import type { StoredDataSet } from './segment-store.ts';

/** What the worker holds in memory of one epoch: all its coverage, and the rows of the newest stretch. */
export interface DataSet {
  readonly epoch: string;
  readonly series: SeriesDictionary;
  /** How many of the series are stored. */
  storedSeries: number;
  coverage: IntervalSet;
  /** Disjoint, ascending. */
  chunks: readonly Chunk[];
}

export function emptyDataSet(epoch: string): DataSet {
  return { epoch, series: new SeriesDictionary(), storedSeries: 0, coverage: [], chunks: [] };
}

/**
 * A stored data set with the rows of `segments`. What a damaged segment claimed to cover is not
 * covered: it is returned, to be deleted and fetched again.
 */
export function loadDataSet(
  stored: StoredDataSet,
  segments: readonly Segment[],
): { set: DataSet; damaged: Interval[] } {
  const chunks: Chunk[] = [];
  const damaged: Interval[] = [];
  for (const segment of segments) {
    const decoded = decodeSegment(segment.bytes);
    if (decoded.ok) chunks.push({ ...spanOf(segment), rows: decoded.rows });
    else damaged.push(spanOf(segment));
  }
  const set = {
    epoch: stored.epoch,
    series: new SeriesDictionary(stored.series),
    storedSeries: stored.series.length,
    coverage: damaged.reduce(removeInterval, stored.coverage),
    chunks,
  };
  return { set, damaged };
}

/** Puts chunks in their place, and lets go of what ended at or before `keepFromMs`. */
export function addChunks(set: DataSet, chunks: readonly Chunk[], keepFromMs: number): void {
  set.chunks = [...set.chunks, ...chunks]
    .filter((one) => one.toMs > keepFromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
}
