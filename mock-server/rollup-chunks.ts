import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RollupRows } from '#core/rollup/rollup.ts';
import { RESOLUTION_MS, type Resolution } from '#core/time/resolution.ts';
import type { MetricStore } from './metric-store.ts';

/** At most so many rows are made without letting other requests in between. */
const CHUNK_ROWS = 10_000;

export interface RollupChunk {
  /** Epoch ms; it starts where the one before it ended. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly rows: RollupRows;
}

/** The rollups of `[fromMs, toMs)` (multiples of the resolution) in order and in pieces, so that a long answer blocks nobody. */
export async function* rollupChunks(
  store: MetricStore,
  fromMs: number,
  toMs: number,
  resolution: Resolution,
): AsyncGenerator<RollupChunk> {
  const buckets = Math.max(1, Math.floor(CHUNK_ROWS / Math.max(1, store.series.size)));
  const stepMs = buckets * RESOLUTION_MS[resolution];
  for (let startMs = fromMs; startMs < toMs; startMs += stepMs) {
    if (startMs > fromMs) await nextTurn();
    const endMs = Math.min(startMs + stepMs, toMs);
    yield { fromMs: startMs, toMs: endMs, rows: store.rollups(startMs, endMs, resolution) };
  }
}
