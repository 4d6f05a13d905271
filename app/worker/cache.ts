import type { Commit, Cursor } from '#core/live/commit.ts';
import { coverageAfter } from '#core/live/commit.ts';
import type { ClosedBuckets } from '#core/live/ingest.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import { type Segment, segmentsOf } from '#core/rollup/segment.ts';
import { clipTo, type Interval, isCovered } from '#core/time/intervals.ts';
import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from '#core/live/settings.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { StatsReply } from '#core/wire/stats.ts';
import { addChunks, type DataSet, emptyDataSet, loadDataSet } from './data-set.ts';
import { FillingSegment } from './filling-segment.ts';
import type { LeaderNews } from './tab-messages.ts';
import type { SegmentStore, StoredCache, StoredDataSet } from './segment-store.ts';

/** How much of the newest data is held decoded, ms: the window, the one before it, and a little more. */
const MEMORY_MS = 660_000;

/** Kept at 5 s, ms. */
const RETENTION_MS = 86_400_000;

/**
 * The cache as one tab sees it: what is stored, and its newest stretch in memory. Memory moves after
 * the store has; a write that another writer overtook changes nothing and makes this one load again.
 */
export class Cache {
  readonly #store: SegmentStore;
  #cursor: Cursor | null = null;
  #filling: FillingSegment | null = null;
  #lane: Promise<unknown> = Promise.resolve();
  /** The data set that the server serves; null: nothing is known of it. */
  current: DataSet | null = null;
  /** An older epoch, kept for the screen until `current` can replace it. */
  previous: DataSet | null = null;
  /** What is known beyond what is stored: the bucket that is filling. */
  open: Chunk | null = null;
  clockOffsetMs: number | null = null;
  source: SourceInfo | null = null;
  settings: LiveSettings = DEFAULT_LIVE_SETTINGS;
  /** Told of each change that others who show the same data must follow. */
  onChange: (news: LeaderNews) => void = () => undefined;
  /** Rises when the data in memory are not only more, but others. */
  version = 0;

  constructor(store: SegmentStore) {
    this.#store = store;
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
      await this.#store.takeOver();
      const damaged = await this.#read();
      if (damaged.length > 0) await this.#revokeNow(damaged, this.revision);
    });
  }

  /** The server serves another data set: what was current stays for the screen. */
  beginEpoch(epoch: string): void {
    this.previous = this.current ?? this.previous;
    this.current = emptyDataSet(epoch);
    this.open = null;
    this.#filling = null;
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
    const fresh = news.chunks.filter((chunk) => !isCovered(set.coverage, chunk));
    const endMs = endOf(set.coverage);
    const isNext = (chunk: Chunk) =>
      chunk.fromMs <= endMs && clipTo(set.coverage, chunk).length === 0;
    if (!fresh.every(isNext)) return false;
    this.#took(set, fresh);
    return true;
  }

  /**
   * @param set the data set that the rows' series ids belong to
   * @returns false when another writer was there first: everything was loaded again
   */
  storeLive(set: DataSet, closed: ClosedBuckets, revision: number): Promise<boolean> {
    return this.#inLane(async () => {
      if (this.current !== set) return false;
      const filling = (this.#filling ??= new FillingSegment(set.epoch));
      const segments = closed.chunks.flatMap((chunk) => filling.add(chunk));
      const { coveredToMs } = closed;
      return this.#commit(closed.chunks, segments, { coveredToMs, revision }, []);
    });
  }

  /**
   * @param set the data set that the rows' series ids belong to; when it is no longer the current one
   * the rows are let go
   */
  storeHistory(set: DataSet, chunk: Chunk): Promise<boolean> {
    return this.#inLane(async () => {
      if (this.current !== set) return false;
      return this.#commit([chunk], segmentsOf(chunk, set.epoch, '5s'), {}, []);
    });
  }

  /** Drops what changed at the source, whole segments of it, so that it is fetched again. */
  revoke(spans: readonly Interval[], revision: number): Promise<boolean> {
    return this.#inLane(() => this.#revokeNow(spans, revision));
  }

  /** Lets go of the older epoch, once the screen does not need it. */
  dropPrevious(): Promise<void> {
    return this.#inLane(async () => {
      const { current } = this;
      if (!current || !this.previous) return;
      await this.#store.keepOnly(current.epoch);
      this.previous = null;
      this.version++;
      this.onChange({ type: 'reload' });
    });
  }

  /** Deletes what is older than is kept. */
  trim(): Promise<void> {
    return this.#inLane(async () => {
      const { current } = this;
      const { coveredToMs } = this;
      if (!current || coveredToMs === null) return;
      await this.#store.trim(current.epoch, '5s', coveredToMs - RETENTION_MS);
    });
  }

  async saveServerFacts(clockOffsetMs: number, source: SourceInfo | null): Promise<void> {
    this.clockOffsetMs = clockOffsetMs;
    this.source = source ?? this.source;
    await this.#store.saveServerFacts(clockOffsetMs, source);
  }

  async saveSettings(settings: LiveSettings): Promise<void> {
    this.settings = settings;
    await this.#store.saveSettings(settings);
  }

  saveStats(reply: StatsReply, heardAtMs: number): Promise<void> {
    return this.#store.saveStats(reply, heardAtMs);
  }

  #mustBeCurrent(): DataSet {
    if (!this.current) throw new Error('no epoch was begun');
    return this.current;
  }

  async #revokeNow(spans: readonly Interval[], revision: number): Promise<boolean> {
    if (!this.current) return true;
    this.#filling = null;
    const isDone = await this.#commit([], [], { revision }, spans);
    // Which whole segments went is the store's to say.
    if (isDone) await this.#read();
    this.onChange({ type: 'reload' });
    return isDone;
  }

  async #commit(
    chunks: readonly Chunk[],
    segments: readonly Segment[],
    move: Partial<Cursor>,
    revoked: readonly Interval[],
  ): Promise<boolean> {
    const set = this.#mustBeCurrent();
    const series = { firstId: set.storedSeries, keys: set.series.keysFrom(set.storedSeries) };
    const covered = chunks.map(({ fromMs, toMs }) => ({ fromMs, toMs }));
    const commit: Commit = {
      expected: this.#cursor,
      next: this.#next(set.epoch, move),
      resolution: '5s',
      newSeries: series.keys,
      firstSeriesId: series.firstId,
      revoked,
      segments,
      covered,
    };
    if (!(await this.#store.commit(commit))) {
      await this.#read();
      return false;
    }
    this.#cursor = commit.next;
    set.storedSeries = series.firstId + series.keys.length;
    this.#took(set, chunks);
    const { coveredToMs } = commit.next;
    this.onChange({ type: 'stored', epoch: set.epoch, series, chunks, coveredToMs });
    return true;
  }

  #took(set: DataSet, chunks: readonly Chunk[]): void {
    set.coverage = coverageAfter(set.coverage, [], chunks);
    addChunks(set, chunks, (set.coverage.at(-1)?.toMs ?? 0) - MEMORY_MS);
  }

  #next(epoch: string, move: Partial<Cursor>): Cursor {
    const { coveredToMs, revision } = this;
    return { epoch, coveredToMs, revision, writerTerm: this.#cursor?.writerTerm ?? 1, ...move };
  }

  /** Null while the stored cursor is still that of the previous epoch. */
  #currentCursor(): Cursor | null {
    return this.#cursor?.epoch === this.current?.epoch ? this.#cursor : null;
  }

  /** @returns spans of the current epoch whose segments are damaged */
  async #read(): Promise<Interval[]> {
    const stored = await this.#store.load();
    this.#cursor = stored.cursor;
    this.clockOffsetMs = stored.clockOffsetMs;
    this.source = stored.source;
    this.settings = stored.settings ?? DEFAULT_LIVE_SETTINGS;
    this.open = null;
    this.#filling = null;
    const epoch = stored.cursor?.epoch;
    const current = await this.#newest(stored, (set) => set.epoch === epoch);
    const previous = await this.#newest(
      stored,
      (set) => set.epoch !== epoch && set.coverage.length > 0,
    );
    this.current = current?.set ?? null;
    this.previous = previous?.set ?? null;
    this.version++;
    return current?.damaged ?? [];
  }

  async #newest(stored: StoredCache, isWanted: (set: StoredDataSet) => boolean) {
    const [found] = stored.dataSets
      .filter(isWanted)
      .sort((a, b) => endOf(b.coverage) - endOf(a.coverage));
    if (!found) return null;
    const toMs = endOf(found.coverage);
    const span = { fromMs: toMs - MEMORY_MS, toMs };
    return loadDataSet(found, await this.#store.segmentsIn(found.epoch, '5s', span));
  }

  /** One operation at a time, in the order asked for; one that fails does not block the next. */
  #inLane<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#lane.then(operation);
    this.#lane = result.catch(() => undefined);
    return result;
  }
}

function endOf(coverage: readonly Interval[]): number {
  return coverage.at(-1)?.toMs ?? 0;
}
