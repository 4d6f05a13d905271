import type { Interval } from '#core/time/intervals.ts';
import { type DataSet, endOf, loadDataSet, MEMORY_MS } from './data-set.ts';
import type { Compression } from './packing.ts';
import type { SegmentStore, StoredCache, StoredDataSet } from './segment-store.ts';

export interface LoadedCache {
  readonly stored: StoredCache;
  /** The data set of the cursor's epoch; null: nothing is stored. */
  readonly current: DataSet | null;
  /** The newest of the older epochs. */
  readonly previous: DataSet | null;
  /** 5 s spans of the current epoch whose segments are damaged. */
  readonly damaged: readonly Interval[];
}

/** Reads what is stored, and decodes the newest of it. @throws what the storage throws */
export async function loadCache(
  store: SegmentStore,
  compression: Compression,
): Promise<LoadedCache> {
  const stored = await store.load();
  const newest = async (isWanted: (set: StoredDataSet) => boolean) => {
    const [found] = stored.dataSets
      .filter(isWanted)
      .sort((a, b) => endOf(b.coverage) - endOf(a.coverage));
    if (!found) return null;
    const toMs = endOf(found.coverage);
    const span = { fromMs: toMs - MEMORY_MS, toMs };
    const segments = await store.segmentsIn(found.epoch, '5s', span);
    const { provenance } = stored;
    const live = provenance?.epoch === found.epoch ? provenance.live : [];
    return loadDataSet(compression, found, segments, live);
  };
  const epoch = stored.cursor?.epoch;
  const current = await newest((set) => set.epoch === epoch);
  const previous = await newest((set) => set.epoch !== epoch && set.coverage['5s'].length > 0);
  return {
    stored,
    current: current?.set ?? null,
    previous: previous?.set ?? null,
    damaged: current?.damaged ?? [],
  };
}
