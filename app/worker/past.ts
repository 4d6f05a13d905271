import type { Chunk } from '#core/rollup/chunk.ts';
import type { Segment } from '#core/rollup/segment.ts';
import { clipTo, type Interval, type IntervalSet } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { DataSet } from './data-set.ts';
import { type Compression, unpackSegment } from './packing.ts';
import type { SegmentStore } from './segment-store.ts';

/** What was stored of a span when it was read. */
interface Reading extends Interval {
  readonly epoch: string;
  readonly resolution: Resolution;
  readonly covered: IntervalSet;
}

/** Reads windows that are longer, or further back, than what the cache holds decoded. */
export class Past {
  readonly #store: SegmentStore;
  readonly #compression: Compression;
  /** Rises with every span that was read. */
  loads = 0;
  #loading: Reading | null = null;
  #loaded: (Reading & { readonly chunks: readonly Chunk[] }) | null = null;
  /** What the last span was made of: most of it is in the next one too. */
  #decoded = new Map<string, Chunk>();

  constructor(store: SegmentStore, compression: Compression) {
    this.#store = store;
    this.#compression = compression;
  }

  /**
   * What is stored of a span, and maybe of what is around it; null: it is being read, ask again.
   * Damaged segments are gaps.
   * @param aheadMs how much of what follows will be asked for within seconds: it is read before that
   */
  chunksOf(
    set: DataSet,
    resolution: Resolution,
    span: Interval,
    aheadMs = 0,
  ): readonly Chunk[] | null {
    const loaded = this.#loaded;
    const isThere = loaded !== null && holds(loaded, set, resolution, span);
    const soon = { fromMs: span.fromMs, toMs: span.toMs + aheadMs };
    const isReading = this.#loading !== null && holds(this.#loading, set, resolution, span);
    if (!isReading && !(isThere && holds(loaded, set, resolution, soon))) {
      // Twice as far, so that there is time to read on while the first half is played.
      void this.#load(set, resolution, { ...soon, toMs: soon.toMs + aheadMs });
    }
    return isThere ? loaded.chunks : null;
  }

  async #load(set: DataSet, resolution: Resolution, span: Interval): Promise<void> {
    const { epoch } = set;
    const covered = clipTo(set.coverage[resolution], span);
    const reading: Reading = { ...span, epoch, resolution, covered };
    this.#loading = reading;
    try {
      const segments = await this.#store.segmentsIn(epoch, resolution, span);
      const decoded = new Map<string, Chunk>();
      for (const segment of segments) {
        const name = nameOf(segment);
        const chunk = this.#decoded.get(name) ?? (await unpackSegment(this.#compression, segment));
        if (chunk) decoded.set(name, chunk);
      }
      if (this.#loading !== reading) return;
      this.loads++;
      this.#decoded = decoded;
      this.#loaded = { ...reading, chunks: [...decoded.values()] };
    } catch {
      // Storage that fails is found, classed and told by whoever writes; the next question tries again.
    }
    if (this.#loading === reading) this.#loading = null;
  }
}

/** Whether a span was read, and nothing was stored of it since. */
function holds(reading: Reading, set: DataSet, resolution: Resolution, span: Interval): boolean {
  if (reading.epoch !== set.epoch || reading.resolution !== resolution) return false;
  if (reading.fromMs > span.fromMs || reading.toMs < span.toMs) return false;
  const now = clipTo(set.coverage[resolution], span);
  return JSON.stringify(clipTo(reading.covered, span)) === JSON.stringify(now);
}

function nameOf({ epoch, resolution, startMs, endMs, byteLength }: Segment): string {
  return [epoch, resolution, startMs, endMs, byteLength].join();
}
