import { UTC, zoneNamed } from '#core/time/zone.ts';
import { csvLines } from '#core/view/csv.ts';
import type { StorageRequest } from '#app/protocol/messages.ts';
import type { Cache } from './cache.ts';
import { unpackAll } from './data-set.ts';
import type { Compression } from './packing.ts';

/** Lines that are put together at once. */
const BATCH = 5_000;

/** What is cached of a window, as a table; null: nothing is. @throws what the storage throws */
export async function exportCsv(
  cache: Cache,
  compression: Compression,
  request: Extract<StorageRequest, { type: 'export-csv' }>,
): Promise<Blob | null> {
  const set = cache.current ?? cache.previous;
  if (!set) return null;
  const { resolution, filter, span } = request;
  const zone = zoneNamed(request.zone) ?? UTC;
  const stored = await cache.store.segmentsIn(set.epoch, resolution, span);
  const { chunks } = await unpackAll(compression, stored);
  const parts: string[] = [];
  let batch: string[] = [];
  for (const line of csvLines({ chunks, resolution, series: set.series, filter, span, zone })) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    parts.push(batch.join(''));
    batch = [];
  }
  return new Blob([...parts, batch.join('')], { type: 'text/csv' });
}
