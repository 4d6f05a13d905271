import { NOTHING_CROWDED_OUT, requiredAt } from '#core/live/history-plan.ts';
import { spanOf } from '#core/rollup/segment.ts';
import { MemorySegmentStore } from './memory-segment-store.ts';
import type { SegmentStore } from './segment-store.ts';

/** What the screen needs without a server, from a store that must not be written to. @throws what the storage throws */
export async function copyToMemory(from: SegmentStore): Promise<MemorySegmentStore> {
  const memory = new MemorySegmentStore();
  const { cursor, dataSets, clockOffsetMs, source, settings, provenance } = await from.load();
  if (settings) await memory.saveSettings(settings);
  if (clockOffsetMs !== null) await memory.saveServerFacts(clockOffsetMs, source);
  const set = dataSets.find((one) => one.epoch === cursor?.epoch);
  if (!cursor || !set) return memory;
  const changes = [];
  for (const wanted of requiredAt(cursor.coveredToMs ?? 0, NOTHING_CROWDED_OUT)) {
    const { resolution } = wanted;
    const segments = await from.segmentsIn(set.epoch, resolution, wanted);
    changes.push({ resolution, revoked: [], segments, covered: segments.map(spanOf) });
  }
  const newSeries = set.series;
  const isOfSet = provenance?.epoch === set.epoch;
  const known = { live: isOfSet ? provenance.live : [], outages: provenance?.outages ?? [] };
  const next = { expected: null, next: cursor, newSeries, firstSeriesId: 0, changes };
  await memory.commit({ ...next, provenance: known });
  return memory;
}
