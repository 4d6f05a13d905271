import type { Commit, Cursor, TierChange } from '#core/live/commit.ts';
import { coverageAfter } from '#core/live/commit.ts';
import { NOTHING_CROWDED_OUT } from '#core/live/history-plan.ts';
import type { ClosedBuckets } from '#core/live/ingest.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import { bytesOf } from '#core/rollup/retention.ts';
import { nextRollUp, rollUp } from '#core/rollup/roll-up.ts';
import type { Segment } from '#core/rollup/segment.ts';
import { withIntervals } from '#core/time/coverage.ts';
import { clipTo, type Interval, isCovered } from '#core/time/intervals.ts';
import { type Resolution, RESOLUTIONS } from '#core/time/resolution.ts';
import { addChunks, type DataSet, emptyDataSet, endOf, unpackAll } from './data-set.ts';
import { Facts } from './facts.ts';
import { loadCache, MEMORY_MS } from './load-cache.ts';
import type { Compression } from './packing.ts';
import type { LeaderNews } from './tab-messages.ts';
import type { SegmentStore } from './segment-store.ts';
import { SegmentWriter } from './segment-writer.ts';

/**
 * The cache as one tab sees it: what is stored, and its newest stretch in memory. Memory moves after
 * the store has; a write that another writer overtook changes nothing and makes this one load again.
 */
export class Cache {
  readonly store: SegmentStore;
  readonly #compression: Compression;
  #cursor: Cursor | null = null;
  #lane: Promise<unknown> = Promise.resolve();
  readonly facts: Facts;
  readonly writer: SegmentWriter;
  /** The data set that the server serves; null: nothing is known of it. */
  current: DataSet | null = null;
  /** An older epoch, kept for the screen until `current` can replace it. */
  previous: DataSet | null = null;
  /** What is known beyond what is stored: the bucket that is filling. */
  open: Chunk | null = null;
  /** Told of each change that others who show the same data must follow. */
  onChange: (news: LeaderNews) => void = () => undefined;
  /** Rises when the data in memory are not only more, but others. */
  version = 0;

  constructor(store: SegmentStore, compression: Compression) {
    this.store = store;
    this.#compression = compression;
    this.facts = new Facts(store);
    this.writer = new SegmentWriter(store, compression);
  }

  /** End of the last live bucket stored of the current epoch, epoch ms; null: there is none. */
  get coveredToMs(): number | null {
    return this.#currentCursor()?.coveredToMs ?? null;
  }

  /** The revision that the current epoch is stored at. */
  get revision(): number {
    return this.#currentCursor()?.revision ?? 0;
  }

  /** Reads what is stored. @throws what the storage throws */
  load(): Promise<void> {
    return this.#inLane(async () => {
      await this.#read();
    });
  }

  /** Reads what is stored and becomes its writer. @throws what the storage throws */
  takeOver(): Promise<void> {
    return this.#inLane(async () => {
      await this.store.takeOver();
      const damaged = await this.#read();
      if (damaged.length > 0) await this.#revokeNow(['5s'], damaged, this.revision);
    });
  }

  /** The server serves another data set: what was current stays for the screen. */
  beginEpoch(epoch: string): void {
    this.previous = this.current ?? this.previous;
    this.current = emptyDataSet(epoch);
    this.open = null;
    this.writer.seal();
    this.version++;
  }

  setOpen(chunk: Chunk | null): void {
    this.open = chunk;
    const set = this.current;
    if (!set) return;
    const series = { firstId: set.storedSeries, keys: set.series.keysFrom(set.storedSeries) };
    this.onChange({ type: 'open', epoch: set.epoch, series, chunk });
  }

  /** Follows what the leader has done. @returns false when that does not fit: load again */
  follow(news: Extract<LeaderNews, { type: 'stored' | 'open' }>): boolean {
    const set = this.current;
    if (!set || set.epoch !== news.epoch) return false;
    const { firstId, keys } = news.series;
    if (firstId > set.series.size) return false;
    if (!keys.every((key, i) => set.series.idOf(key) === firstId + i)) return false;
    if (news.type === 'open') {
      this.open = news.chunk;
      return true;
    }
    const covered = set.coverage['5s'];
    const fresh = news.chunks.filter((chunk) => !isCovered(covered, chunk));
    const endMs = endOf(set.coverage);
    const isNext = (chunk: Chunk) => chunk.fromMs <= endMs && clipTo(covered, chunk).length === 0;
    if (!fresh.every(isNext)) return false;
    this.#took(set, '5s', fresh);
    return true;
  }

  /**
   * @param set the data set that the rows' series ids belong to
   * @returns false when another writer was there first: everything was loaded again
   */
  storeLive(set: DataSet, closed: ClosedBuckets, revision: number): Promise<boolean> {
    return this.#inLane(async () => {
      if (this.current !== set) return false;
      const { chunks, coveredToMs } = closed;
      return (await this.#add('5s', chunks, { coveredToMs, revision })) !== null;
    });
  }

  /**
   * @param set the data set that the rows' series ids belong to; when it is no longer the current one,
   * or was revised since, the rows are let go
   * @returns bytes on disk; null: the rows were let go
   */
  storeHistory(
    set: DataSet,
    resolution: Resolution,
    chunk: Chunk,
    revision: number,
  ): Promise<number | null> {
    return this.#inLane(async () => {
      if (this.current !== set || revision < this.revision) return null;
      const segments = await this.#add(resolution, [chunk], {});
      return segments && bytesOf(segments);
    });
  }

  /** Adds finer buckets up to coarser ones, a stretch at a time. @returns whether there was one */
  rollUpNext(): Promise<boolean> {
    return this.#inLane(async () => {
      const set = this.current;
      const next = set && nextRollUp(set.coverage);
      if (!set || !next) return false;
      const stored = await this.store.segmentsIn(set.epoch, next.from, next);
      const { chunks, damaged } = await unpackAll(this.#compression, stored);
      if (damaged.length > 0) await this.#revokeNow([next.from], damaged, this.revision);
      else await this.#add(next.resolution, [rollUp(chunks, next)], {});
      return true;
    });
  }

  /** Drops what changed at the source, whole segments of it, so that it is fetched again. */
  revoke(spans: readonly Interval[], revision: number): Promise<boolean> {
    return this.#inLane(() => this.#revokeNow(RESOLUTIONS, spans, revision));
  }

  /** Lets go of the older epoch, once the screen does not need it. */
  dropPrevious(): Promise<void> {
    return this.#inLane(async () => {
      const { current } = this;
      if (!current || !this.previous) return;
      await this.store.keepOnly(current.epoch);
      this.previous = null;
      this.version++;
      this.onChange({ type: 'reload' });
    });
  }

  /** Deletes all metrics; what comes next begins anew. */
  clear(): Promise<void> {
    return this.#inLane(async () => {
      await this.store.clear();
      await this.#read();
      this.onChange({ type: 'reload' });
    });
  }

  /**
   * Deletes what is older than is kept, and what there is no room for.
   * @param mostBytes room for all segments
   */
  trim(mostBytes: number): Promise<void> {
    return this.#inLane(async () => {
      await this.writer.allow(mostBytes);
      if (this.current) await this.writer.trim(this.current);
    });
  }

  /** Makes one segment of several small ones. @returns whether it is worth looking for more */
  compact(): Promise<boolean> {
    return this.#inLane(async () => {
      if (!this.current || this.coveredToMs === null) return false;
      return this.writer.compact(this.current, this.#cursor);
    });
  }

  #mustBeCurrent(): DataSet {
    if (!this.current) throw new Error('no epoch was begun');
    return this.current;
  }

  async #revokeNow(
    resolutions: readonly Resolution[],
    revoked: readonly Interval[],
    revision: number,
  ): Promise<boolean> {
    if (!this.current) return true;
    this.writer.seal();
    const changes = resolutions.map((resolution) => ({
      resolution,
      revoked,
      segments: [],
      covered: [],
    }));
    const isDone = await this.#commit(changes, { revision });
    // Which whole segments went is the store's to say.
    if (isDone) await this.#read();
    this.onChange({ type: 'reload' });
    return isDone;
  }

  /** @returns what was stored; null: another writer was there first */
  async #add(
    resolution: Resolution,
    chunks: readonly Chunk[],
    move: Partial<Cursor>,
  ): Promise<readonly Segment[] | null> {
    const set = this.#mustBeCurrent();
    const segments = await this.writer.pack(set, resolution, chunks);
    const covered = chunks.map(({ fromMs, toMs }) => ({ fromMs, toMs }));
    const series = { firstId: set.storedSeries, keys: set.series.keysFrom(set.storedSeries) };
    if (!(await this.#commit([{ resolution, revoked: [], segments, covered }], move))) return null;
    this.#took(set, resolution, chunks);
    if (resolution === '5s') {
      this.onChange({ type: 'stored', epoch: set.epoch, series, chunks });
    }
    return segments;
  }

  async #commit(changes: readonly TierChange[], move: Partial<Cursor>): Promise<boolean> {
    const set = this.#mustBeCurrent();
    const newSeries = set.series.keysFrom(set.storedSeries);
    const commit: Commit = {
      expected: this.#cursor,
      next: this.#next(set.epoch, move),
      newSeries,
      firstSeriesId: set.storedSeries,
      changes,
    };
    if (!(await this.writer.commit(set, commit))) {
      await this.#read();
      return false;
    }
    this.#cursor = commit.next;
    set.storedSeries += newSeries.length;
    return true;
  }

  #took(set: DataSet, resolution: Resolution, chunks: readonly Chunk[]): void {
    const intervals = coverageAfter(set.coverage[resolution], [], chunks);
    set.coverage = withIntervals(set.coverage, resolution, intervals);
    if (resolution === '5s') addChunks(set, chunks, endOf(set.coverage) - MEMORY_MS);
  }

  #next(epoch: string, move: Partial<Cursor>): Cursor {
    const { coveredToMs, revision } = this;
    return { epoch, coveredToMs, revision, writerTerm: this.#cursor?.writerTerm ?? 1, ...move };
  }

  /** Null while the stored cursor is still that of the previous epoch. */
  #currentCursor(): Cursor | null {
    return this.#cursor?.epoch === this.current?.epoch ? this.#cursor : null;
  }

  /** @returns 5 s spans of the current epoch whose segments are damaged */
  async #read(): Promise<readonly Interval[]> {
    const { stored, current, previous, damaged } = await loadCache(this.store, this.#compression);
    this.#cursor = stored.cursor;
    this.facts.take(stored);
    this.writer.keptFrom = stored.keptFrom ?? NOTHING_CROWDED_OUT;
    this.writer.seal();
    this.current = current;
    this.previous = previous;
    this.open = null;
    this.version++;
    return damaged;
  }

  /** One operation at a time, in the order asked for; one that fails does not block the next. */
  #inLane<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#lane.then(operation);
    this.#lane = result.catch(() => undefined);
    return result;
  }
}
