import type { Chunk } from '#core/rollup/chunk.ts';
import type { Segment } from '#core/rollup/segment.ts';
import { clipTo, type Interval } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { DataSet } from './data-set.ts';
import { type Compression, unpackSegment } from './packing.ts';
import type { SegmentStore } from './segment-store.ts';

/** Reads windows that are longer, or further back, than what the cache holds decoded. */
export class Past {
  readonly #store: SegmentStore;
  readonly #compression: Compression;
  /** Rises with every window that was read. */
  loads = 0;
  #wanted = '';
  #loaded: { readonly key: string; readonly chunks: readonly Chunk[] } | null = null;
  /** What the last window was made of: most of it is in the next one too. */
  #decoded = new Map<string, Chunk>();

  constructor(store: SegmentStore, compression: Compression) {
    this.#store = store;
    this.#compression = compression;
  }

  /** What is stored of a span; null: it is being read, ask again. Damaged segments are gaps. */
  chunksOf(set: DataSet, resolution: Resolution, span: Interval): readonly Chunk[] | null {
    const covered = clipTo(set.coverage[resolution], span);
    const key = JSON.stringify([set.epoch, resolution, covered]);
    if (this.#loaded?.key === key) return this.#loaded.chunks;
    if (this.#wanted !== key) void this.#load(key, set.epoch, resolution, span);
    return null;
  }

  async #load(key: string, epoch: string, resolution: Resolution, span: Interval): Promise<void> {
    this.#wanted = key;
    try {
      const segments = await this.#store.segmentsIn(epoch, resolution, span);
      const decoded = new Map<string, Chunk>();
      for (const segment of segments) {
        const name = nameOf(segment);
        const chunk = this.#decoded.get(name) ?? (await unpackSegment(this.#compression, segment));
        if (chunk) decoded.set(name, chunk);
      }
      if (this.#wanted !== key) return;
      this.loads++;
      this.#decoded = decoded;
      this.#loaded = { key, chunks: [...decoded.values()] };
    } catch {
      // Storage that fails is found, classed and told by whoever writes; the next question tries again.
      if (this.#wanted === key) this.#wanted = '';
    }
  }
}

function nameOf({ epoch, resolution, startMs, endMs, byteLength }: Segment): string {
  return [epoch, resolution, startMs, endMs, byteLength].join();
}
