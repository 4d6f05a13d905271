import type { RollupRows } from '#core/rollup/rollup.ts';
import type { IntervalSet } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import { unpackSegment } from '#app/worker/packing.ts';
import type { SegmentStore } from '#app/worker/segment-store.ts';
import type { ScriptedStore } from '#mock-server/testing/scripted-store.ts';
import { syncCompression } from './sync-compression.ts';

/** One line per (bucket, series): what was used there, under the series' own names. */
export type BucketLines = readonly string[];

/** What a store holds of its newest epoch, read back from the bytes. */
export async function cachedLines(
  store: SegmentStore,
  resolution: Resolution = '5s',
): Promise<{ lines: BucketLines; coverage: IntervalSet }> {
  const stored = await store.load();
  const set = stored.dataSets.find((one) => one.epoch === stored.cursor?.epoch);
  if (!set) return { lines: [], coverage: [] };
  const everything = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  const lines: string[] = [];
  for (const segment of await store.segmentsIn(set.epoch, resolution, everything)) {
    const chunk = await unpackSegment(syncCompression, segment);
    if (!chunk) throw new Error(`segment ${segment.startMs} is damaged`);
    lines.push(...linesOf(chunk.rows, (id) => set.series[id]));
  }
  return { lines: lines.sort(), coverage: set.coverage[resolution] };
}

/** What the server's store says of the spans. */
export function trueLines(
  server: ScriptedStore,
  coverage: IntervalSet,
  resolution: Resolution = '5s',
): BucketLines {
  return coverage
    .flatMap(({ fromMs, toMs }) =>
      linesOf(server.rollups(fromMs, toMs, resolution), (id) => server.series.keyOf(id)),
    )
    .sort();
}

function linesOf(rows: RollupRows, keyOf: (id: number) => object | undefined): string[] {
  return Array.from({ length: rows.length }, (_, i) => {
    const key = JSON.stringify(keyOf(rows.series[i] ?? -1), ['tenantId', 'customerId', 'model']);
    const { calls, tokens, costMicroUsd, latencyMsSum } = rows;
    const values = [calls[i], tokens[i], costMicroUsd[i], latencyMsSum[i]].join(' ');
    return `${new Date(rows.bucketStartMs[i] ?? 0).toISOString()} ${key} ${values}`;
  });
}
