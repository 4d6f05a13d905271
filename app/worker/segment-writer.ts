import type { Commit, Cursor } from '#core/live/commit.ts';
import { NOTHING_CROWDED_OUT } from '#core/live/history-plan.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import { bytesOf } from '#core/rollup/retention.ts';
import type { Segment } from '#core/rollup/segment.ts';
import type { Resolution } from '#core/time/resolution.ts';
import { storageFailureOf } from '#app/database/storage-failure.ts';
import type { DataSet } from './data-set.ts';
import { FillingSegment } from './filling-segment.ts';
import { type Compression, packChunk } from './packing.ts';
import type { SegmentStore } from './segment-store.ts';
import { compactSegments, trimSegments } from './upkeep.ts';

/** What a full disk is left with, of what it holds. */
const SHRINK = 0.8;

/** How segments get onto the disk and off it again, within the room there is. */
export class SegmentWriter {
  readonly #store: SegmentStore;
  readonly #compression: Compression;
  readonly #filling = new Map<Resolution, FillingSegment>();
  #allowedBytes = Number.POSITIVE_INFINITY;
  #fullAtBytes = Number.POSITIVE_INFINITY;
  /** What there was no room for. */
  keptFrom = NOTHING_CROWDED_OUT;

  constructor(store: SegmentStore, compression: Compression) {
    this.#store = store;
    this.#compression = compression;
  }

  /** Room for all segments; what a full disk has taught included. */
  get mostBytes(): number {
    return Math.min(this.#allowedBytes, this.#fullAtBytes);
  }

  /** @param bytes room for all segments; more than before: what was crowded out is wanted again */
  async allow(bytes: number): Promise<void> {
    const isMore = bytes > this.#allowedBytes;
    this.#allowedBytes = bytes;
    if (!isMore) return;
    this.#fullAtBytes = Number.POSITIVE_INFINITY;
    this.keptFrom = NOTHING_CROWDED_OUT;
    await this.#store.drop([], this.keptFrom);
  }

  /** What was being filled is stored as it is: what comes next begins anew. */
  seal(): void {
    this.#filling.clear();
  }

  /** What is newest is appended to the segment that is filling; all else makes segments of its own. */
  async pack(
    set: DataSet,
    resolution: Resolution,
    chunks: readonly Chunk[],
  ): Promise<readonly Segment[]> {
    const packed: Segment[] = [];
    for (const chunk of chunks) {
      const isNewest = chunk.toMs > (set.coverage[resolution].at(-1)?.toMs ?? 0);
      const stored = isNewest ? this.#fillingOf(resolution).add(chunk) : chunk;
      packed.push(...(await packChunk(this.#compression, stored, set.epoch, resolution)));
    }
    return packed;
  }

  /**
   * Stores a commit; a full disk is given room, once, by letting go of what is oldest and finest. When
   * that does not help, to let go of more would not either: browsers count what was deleted for a while.
   * @returns false when another writer was there first
   * @throws what the storage throws, a full disk too
   */
  async commit(set: DataSet, commit: Commit): Promise<boolean> {
    try {
      return await this.#store.commit(commit);
    } catch (error) {
      if (storageFailureOf(error) !== 'full') throw error;
      this.#fullAtBytes = bytesOf(await this.#store.directory()) * SHRINK;
      if (!(await this.trim(set))) throw error;
      return this.#store.commit(commit);
    }
  }

  /** Deletes what is older than is kept, and what there is no room for. @returns whether it did */
  async trim(set: DataSet): Promise<boolean> {
    const next = await trimSegments(this.#store, set, this.keptFrom, this.mostBytes);
    this.keptFrom = next ?? this.keptFrom;
    return next !== null;
  }

  /** Makes one segment of several small ones. @returns whether it is worth looking for more */
  compact(set: DataSet, cursor: Cursor | null): Promise<boolean> {
    return compactSegments(this.#store, this.#compression, set, cursor);
  }

  #fillingOf(resolution: Resolution): FillingSegment {
    const known = this.#filling.get(resolution);
    if (known) return known;
    const filling = new FillingSegment(resolution);
    this.#filling.set(resolution, filling);
    return filling;
  }
}
