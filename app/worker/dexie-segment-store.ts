import { Dexie } from 'dexie';
import { type Commit, coverageAfter, type Cursor, isAdmitted } from '#core/live/commit.ts';
import { type Segment, spanOf } from '#core/rollup/segment.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { StatsReply } from '#core/wire/stats.ts';
import { type Interval, removeInterval } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { BurnrateDatabase, MetaRow } from '#app/database/database.ts';
import type { SegmentStore, StoredCache } from './segment-store.ts';

export class DexieSegmentStore implements SegmentStore {
  readonly #db: BurnrateDatabase;

  constructor(db: BurnrateDatabase) {
    this.#db = db;
  }

  load(): Promise<StoredCache> {
    const { meta, coverage, series } = this.#db;
    return this.#db.transaction('r', meta, coverage, series, async () => {
      const covered = await coverage.toArray();
      const keys = await series.toArray();
      return {
        cursor: await this.#cursor(),
        dataSets: covered
          .filter((row) => row.resolution === '5s')
          .map(({ epoch, intervals }) => ({
            epoch,
            series: keys.filter((key) => key.epoch === epoch),
            coverage: intervals,
          })),
        clockOffsetMs: await this.#meta('clock-offset'),
        source: await this.#meta('source'),
        settings: await this.#meta('settings'),
      };
    });
  }

  takeOver(): Promise<Cursor | null> {
    return this.#db.transaction('rw', this.#db.meta, async () => {
      const cursor = await this.#cursor();
      if (!cursor) return null;
      const mine = { ...cursor, writerTerm: cursor.writerTerm + 1 };
      await this.#db.meta.put({ key: 'cursor', value: mine });
      return mine;
    });
  }

  commit(commit: Commit): Promise<boolean> {
    const { meta, coverage, series, segments } = this.#db;
    return this.#db.transaction('rw', meta, coverage, series, segments, async () => {
      const { epoch } = commit.next;
      const row = await coverage.get([epoch, commit.resolution]);
      const stored = {
        cursor: await this.#cursor(),
        coverage: row?.intervals ?? [],
        seriesCount: await series
          .where('[epoch+id]')
          .between([epoch, 0], [epoch, Infinity])
          .count(),
      };
      if (!isAdmitted(stored, commit)) return false;
      const removed = await this.#revoke(commit);
      await series.bulkAdd(
        commit.newSeries.map((key, i) => ({ epoch, id: commit.firstSeriesId + i, ...key })),
      );
      await segments.bulkPut([...commit.segments]);
      const intervals = coverageAfter(stored.coverage, removed, commit.covered);
      await coverage.put({ epoch, resolution: commit.resolution, intervals });
      await meta.put({ key: 'cursor', value: commit.next });
      return true;
    });
  }

  async segmentsIn(
    epoch: string,
    resolution: Resolution,
    span: Interval,
  ): Promise<readonly Segment[]> {
    // Segments never overlap, so walking back from the end may stop at the first that ends too early.
    const found = await this.#before(epoch, resolution, span.toMs)
      .reverse()
      .until((segment) => segment.endMs <= span.fromMs)
      .toArray();
    return found.reverse();
  }

  trim(epoch: string, resolution: Resolution, beforeMs: number): Promise<void> {
    const { coverage, segments } = this.#db;
    return this.#db.transaction('rw', coverage, segments, async () => {
      const old = await this.#before(epoch, resolution, beforeMs)
        .until((segment) => segment.endMs > beforeMs)
        .toArray();
      const row = await coverage.get([epoch, resolution]);
      if (old.length === 0 || !row) return;
      await segments.bulkDelete(old.map(keyOf));
      const intervals = old.map(spanOf).reduce(removeInterval, row.intervals);
      await coverage.put({ ...row, intervals });
    });
  }

  keepOnly(epoch: string): Promise<void> {
    const { coverage, series, segments, stats } = this.#db;
    return this.#db.transaction('rw', coverage, series, segments, stats, async () => {
      await stats.filter((row) => row.epoch !== epoch).delete();
      const others = (await coverage.toArray()).filter((row) => row.epoch !== epoch);
      for (const other of others) {
        await coverage.delete([other.epoch, other.resolution]);
        await series
          .where('[epoch+id]')
          .between([other.epoch, Dexie.minKey], [other.epoch, Dexie.maxKey])
          .delete();
        await this.#before(other.epoch, other.resolution, Infinity).delete();
      }
    });
  }

  async saveServerFacts(clockOffsetMs: number, source: SourceInfo | null): Promise<void> {
    await this.#db.meta.bulkPut([
      { key: 'clock-offset', value: clockOffsetMs },
      ...(source ? [{ key: 'source' as const, value: source }] : []), // else the key widens to string
    ]);
  }

  async saveSettings(settings: LiveSettings): Promise<void> {
    await this.#db.meta.put({ key: 'settings', value: settings });
  }

  async saveStats(reply: StatsReply, heardAtMs: number): Promise<void> {
    const { epoch, window } = reply;
    await this.#db.stats.put({ epoch, window, reply, heardAtMs });
  }

  async #revoke(commit: Commit): Promise<Interval[]> {
    const { epoch } = commit.next;
    const touched: Segment[] = [];
    for (const span of commit.revoked) {
      touched.push(...(await this.segmentsIn(epoch, commit.resolution, span)));
    }
    await this.#db.segments.bulkDelete(touched.map(keyOf));
    return touched.map(spanOf);
  }

  #before(epoch: string, resolution: Resolution, toMs: number) {
    return this.#db.segments
      .where('[epoch+resolution+startMs]')
      .between([epoch, resolution, Dexie.minKey], [epoch, resolution, toMs]);
  }

  #cursor(): Promise<Cursor | null> {
    return this.#meta('cursor');
  }

  async #meta(key: 'cursor'): Promise<Cursor | null>;
  async #meta(key: 'clock-offset'): Promise<number | null>;
  async #meta(key: 'source'): Promise<SourceInfo | null>;
  async #meta(key: 'settings'): Promise<LiveSettings | null>;
  async #meta(key: MetaRow['key']) {
    const row = await this.#db.meta.get(key);
    return row?.value ?? null;
  }
}

function keyOf(segment: Segment): [string, Resolution, number] {
  return [segment.epoch, segment.resolution, segment.startMs];
}
