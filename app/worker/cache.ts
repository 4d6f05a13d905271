import type { Commit, Cursor, TierChange } from '#core/live/commit.ts';
import { NOTHING_CROWDED_OUT } from '#core/live/history-plan.ts';
import type { ClosedBuckets } from '#core/live/ingest.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import { bytesOf } from '#core/rollup/retention.ts';
import { nextRollUp, rollUp } from '#core/rollup/roll-up.ts';
import type { Segment } from '#core/rollup/segment.ts';
import type { Interval } from '#core/time/intervals.ts';
import { NO_PROVENANCE } from '#core/time/provenance.ts';
import { type Resolution, RESOLUTIONS } from '#core/time/resolution.ts';
import { type DataSet, emptyDataSet, takeChunks, unpackAll } from './data-set.ts';
import { Facts } from './facts.ts';
import { loadCache } from './load-cache.ts';
import { knownNews, newSeriesOf } from './leader-news.ts';
import { OutageLog } from './outage-log.ts';
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
  readonly outages = new OutageLog();
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
    this.onChange({ type: 'open', epoch: set.epoch, series: newSeriesOf(set), chunk });
  }

  /**
   * @param set the data set that the rows' series ids belong to
   * @returns false when another writer was there first: everything was loaded again
   */
  storeLive(set: DataSet, closed: ClosedBuckets, revision: number): Promise<boolean> {
    return this.#inLane(async () => {
      if (this.current !== set) return false;
      const { chunks, coveredToMs } = closed;
      return (await this.#add('5s', chunks, { coveredToMs, revision }, true)) !== null;
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

  /** Stores outages by themselves: nothing is being committed. */
  saveOutages(): Promise<void> {
    return this.#inLane(async () => {
      const { unsaved } = this.outages;
      if (unsaved.length === 0) return;
      await this.store.saveOutages(unsaved);
      this.outages.saved(unsaved);
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
      this.outages.saved(this.outages.unsaved);
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
    isLive = false,
  ): Promise<readonly Segment[] | null> {
    const set = this.#mustBeCurrent();
    const segments = await this.writer.pack(set, resolution, chunks);
    const covered = chunks.map(({ fromMs, toMs }) => ({ fromMs, toMs }));
    const series = newSeriesOf(set);
    const outages = this.outages.unsaved;
    const change = { resolution, revoked: [], segments, covered };
    const provenance = { live: isLive ? covered : [], outages };
    if (!(await this.#commit([change], move, provenance))) return null;
    takeChunks(set, resolution, chunks, isLive);
    this.outages.saved(outages);
    if (resolution === '5s') {
      this.onChange({ type: 'stored', epoch: set.epoch, series, chunks, isLive });
    }
    const isKnownNew = resolution !== '5s' || outages.length > 0;
    if (isKnownNew) this.onChange(knownNews(set, this.outages.known, series));
    return segments;
  }

  async #commit(
    changes: readonly TierChange[],
    move: Partial<Cursor>,
    provenance = NO_PROVENANCE,
  ): Promise<boolean> {
    const set = this.#mustBeCurrent();
    const newSeries = set.series.keysFrom(set.storedSeries);
    const commit: Commit = {
      expected: this.#cursor,
      next: this.#next(set.epoch, move),
      newSeries,
      firstSeriesId: set.storedSeries,
      changes,
      provenance,
    };
    if (!(await this.writer.commit(set, commit))) {
      await this.#read();
      return false;
    }
    this.#cursor = commit.next;
    set.storedSeries += newSeries.length;
    return true;
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
    this.outages.take(stored.provenance?.outages ?? []);
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
