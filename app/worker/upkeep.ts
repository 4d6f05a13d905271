import type { Cursor } from '#core/live/commit.ts';
import type { KeptFrom } from '#core/live/history-plan.ts';
import { nextCompaction } from '#core/rollup/compaction.ts';
import { planTrim } from '#core/rollup/retention.ts';
import { type SegmentInfo, spanOf } from '#core/rollup/segment.ts';
import { withIntervals } from '#core/time/coverage.ts';
import { removeInterval } from '#core/time/intervals.ts';
import { RESOLUTION_MS, RESOLUTIONS } from '#core/time/resolution.ts';
import { type DataSet, endOf, unpackAll } from './data-set.ts';
import { joinChunks } from './filling-segment.ts';
import { type Compression, packChunk } from './packing.ts';
import type { SegmentStore } from './segment-store.ts';

/** Buckets at the end of each resolution that may still be appended to. */
const UNSEALED_BUCKETS = 120;

/**
 * Deletes what is too old, and what there is no room for.
 * @param keptFrom what there was no room for before
 * @returns what there is no room for now; null: there was nothing to delete
 */
export async function trimSegments(
  store: SegmentStore,
  set: DataSet,
  keptFrom: KeptFrom,
  mostBytes: number,
): Promise<KeptFrom | null> {
  const segments = (await store.directory()).filter((one) => one.epoch === set.epoch);
  const { expired, crowdedOut } = planTrim(segments, endOf(set.coverage), mostBytes);
  const gone = [...expired, ...crowdedOut];
  if (gone.length === 0) return null;
  const next = { ...keptFrom };
  for (const { resolution, endMs } of crowdedOut) {
    next[resolution] = Math.max(next[resolution], endMs);
  }
  await store.drop(gone, next);
  for (const one of gone) {
    const intervals = removeInterval(set.coverage[one.resolution], spanOf(one));
    set.coverage = withIntervals(set.coverage, one.resolution, intervals);
  }
  return next;
}

/**
 * Makes one segment of several small neighbours, where there are any.
 * @param cursor what the writer saw last
 * @returns whether it did, so that it is worth looking again
 */
export async function compactSegments(
  store: SegmentStore,
  compression: Compression,
  set: DataSet,
  cursor: Cursor | null,
): Promise<boolean> {
  const directory = await store.directory();
  for (const resolution of RESOLUTIONS) {
    const stepMs = RESOLUTION_MS[resolution];
    const isOfTier = (one: SegmentInfo) => one.epoch === set.epoch && one.resolution === resolution;
    const sealedBeforeMs = endOf(set.coverage) - UNSEALED_BUCKETS * stepMs;
    const old = nextCompaction(directory.filter(isOfTier), sealedBeforeMs);
    if (!old) continue;
    const span = { fromMs: old[0]?.startMs ?? 0, toMs: old.at(-1)?.endMs ?? 0 };
    const stored = await store.segmentsIn(set.epoch, resolution, span);
    const { chunks, damaged } = await unpackAll(compression, stored);
    // What is damaged is found, dropped and fetched again when it is needed.
    if (damaged.length > 0) continue;
    const joined = joinChunks(chunks, stepMs);
    const fresh = await packChunk(compression, joined, set.epoch, resolution);
    return store.replace(cursor, old, fresh);
  }
  return false;
}
