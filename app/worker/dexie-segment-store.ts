import { Dexie } from 'dexie';
import {
  changesProvenance,
  type Commit,
  coverageAfter,
  type Cursor,
  isAdmitted,
  isSameCursor,
  storedProvenanceAfter,
  withOutages,
} from '#core/live/commit.ts';
import type { KeptFrom } from '#core/live/history-plan.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import { type Segment, type SegmentInfo, spanOf } from '#core/rollup/segment.ts';
import type { Interval, IntervalSet } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { EvidenceInfo } from '#core/wire/evidence.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { StatsReply } from '#core/wire/stats.ts';
import type { BurnrateDatabase, MetaRow } from '#app/database/database.ts';
import { before, coverageOf, directoryOf, keyOf, segmentsIn } from '#app/database/segments.ts';
import { storageFailureOf } from '#app/database/storage-failure.ts';
import { DatabaseHandle } from './database-handle.ts';
import { LedgerStore } from './ledger-store.ts';
import type { SegmentStore, StoredCache, StoredDataSet } from './segment-store.ts';

/** What is remembered of the server alone. */
const OF_SERVER: MetaRow['key'][] = [
  'cursor',
  'kept-from',
  'evidence',
  'provenance',
  'usage',
  'ledger',
];

export class DexieSegmentStore implements SegmentStore {
  readonly #handle: DatabaseHandle;
  readonly ledger: LedgerStore;

  /** @param open makes a new handle; called again when one has died */
  constructor(open: () => Promise<BurnrateDatabase>) {
    this.#handle = new DatabaseHandle(open);
    this.ledger = new LedgerStore(this.#handle);
  }

  load(): Promise<StoredCache> {
    return this.#handle.attempt((db) =>
      db.transaction('r', db.meta, db.coverage, db.series, db.segments, async () => {
        const keys = await db.series.toArray();
        const rows = await db.coverage.toArray();
        const epochs = [...new Set([...keys, ...rows].map((row) => row.epoch))];
        const dataSets: StoredDataSet[] = [];
        for (const epoch of epochs) {
          const series = keys.filter((key) => key.epoch === epoch);
          dataSets.push({ epoch, series, coverage: await coverageOf(db, epoch) });
        }
        return {
          cursor: await meta(db, 'cursor'),
          dataSets,
          clockOffsetMs: await meta(db, 'clock-offset'),
          source: await meta(db, 'source'),
          settings: await meta(db, 'settings'),
          keptFrom: await meta(db, 'kept-from'),
          evidence: await meta(db, 'evidence'),
          provenance: await meta(db, 'provenance'),
        };
      }),
    );
  }

  takeOver(): Promise<Cursor | null> {
    return this.#handle.attempt((db) =>
      db.transaction('rw', db.meta, async () => {
        const cursor = await meta(db, 'cursor');
        if (!cursor) return null;
        const mine = { ...cursor, writerTerm: cursor.writerTerm + 1 };
        await db.meta.put({ key: 'cursor', value: mine });
        return mine;
      }),
    );
  }

  commit(commit: Commit): Promise<boolean> {
    return this.#handle.attempt((db) =>
      db.transaction('rw', db.meta, db.coverage, db.series, db.segments, async () => {
        const { epoch } = commit.next;
        const coverage = await coverageOf(db, epoch);
        const seriesCount = await ofEpoch(db, epoch).count();
        const cursor = await meta(db, 'cursor');
        if (!isAdmitted({ cursor, coverage, seriesCount }, commit)) return false;
        await db.series.bulkAdd(
          commit.newSeries.map((key, i) => ({ epoch, id: commit.firstSeriesId + i, ...key })),
        );
        let fivesRemoved: readonly Interval[] = [];
        for (const { resolution, revoked, segments, covered } of commit.changes) {
          const removed = await revoke(db, epoch, resolution, revoked);
          if (resolution === '5s') fivesRemoved = removed;
          await db.segments.bulkPut([...segments]);
          const intervals = coverageAfter(coverage[resolution], removed, covered);
          await db.coverage.put({ epoch, resolution, intervals });
        }
        await db.meta.put({ key: 'cursor', value: commit.next });
        if (changesProvenance(commit)) {
          const value = storedProvenanceAfter(await meta(db, 'provenance'), fivesRemoved, commit);
          await db.meta.put({ key: 'provenance', value });
        }
        return true;
      }),
    );
  }

  segmentsIn(epoch: string, resolution: Resolution, span: Interval): Promise<readonly Segment[]> {
    return this.#handle.attempt((db) => segmentsIn(db, epoch, resolution, span));
  }

  directory(): Promise<readonly SegmentInfo[]> {
    return this.#handle.attempt(directoryOf);
  }

  replace(
    expected: Cursor | null,
    old: readonly SegmentInfo[],
    fresh: readonly Segment[],
  ): Promise<boolean> {
    return this.#handle.attempt((db) =>
      db.transaction('rw', db.meta, db.segments, async () => {
        if (!isSameCursor(await meta(db, 'cursor'), expected)) return false;
        const stored = await db.segments.bulkGet(old.map(keyOf));
        const isSame = stored.every((one, i) => one?.endMs === old[i]?.endMs);
        if (!isSame) return false;
        await db.segments.bulkDelete(old.map(keyOf));
        await db.segments.bulkPut([...fresh]);
        return true;
      }),
    );
  }

  /** A full disk takes deletions, if there is nothing else in their transaction. */
  async drop(segments: readonly SegmentInfo[], keptFrom: KeptFrom): Promise<void> {
    await this.#handle.attempt((db) =>
      db.transaction('rw', db.coverage, db.segments, async () => {
        await db.segments.bulkDelete(segments.map(keyOf));
        // Until it is written anew, coverage is what the segments say.
        await db.coverage.bulkDelete(segments.map((one) => [one.epoch, one.resolution]));
      }),
    );
    try {
      await this.#handle.attempt((db) =>
        db.transaction('rw', db.meta, db.coverage, db.segments, async () => {
          await db.meta.put({ key: 'kept-from', value: keptFrom });
          for (const { epoch, resolution } of segments) {
            if (await db.coverage.get([epoch, resolution])) continue;
            const intervals = (await coverageOf(db, epoch))[resolution];
            await db.coverage.put({ epoch, resolution, intervals });
          }
        }),
      );
    } catch (error) {
      // Nothing is wrong without it: the next one who trims writes it.
      if (storageFailureOf(error) !== 'full') throw error;
    }
  }

  keepOnly(epoch: string): Promise<void> {
    return this.#handle.attempt((db) =>
      db.transaction('rw', db.coverage, db.series, db.segments, db.stats, async () => {
        await db.stats.filter((row) => row.epoch !== epoch).delete();
        const others = (await db.coverage.toArray()).filter((row) => row.epoch !== epoch);
        for (const other of others) {
          await db.coverage.delete([other.epoch, other.resolution]);
          await ofEpoch(db, other.epoch).delete();
          await before(db, other.epoch, other.resolution, Infinity).delete();
        }
      }),
    );
  }

  /** What the user decided and no server has yet, and what the user was not told yet, is nobody else's: it stays. */
  clear(): Promise<void> {
    return this.#handle.attempt((db) =>
      db.transaction('rw', db.tables, async () => {
        await Promise.all(
          [db.coverage, db.series, db.segments, db.stats, db.usage, db.anomalies, db.acks].map(
            (one) => one.clear(),
          ),
        );
        await db.meta.bulkDelete(OF_SERVER);
      }),
    );
  }

  async saveOutages(outages: IntervalSet): Promise<void> {
    await this.#handle.attempt((db) =>
      db.transaction('rw', db.meta, async () => {
        const value = withOutages(await meta(db, 'provenance'), outages);
        await db.meta.put({ key: 'provenance', value });
      }),
    );
  }

  async saveEvidence(evidence: EvidenceInfo): Promise<void> {
    await this.#handle.attempt((db) => db.meta.put({ key: 'evidence', value: evidence }));
  }

  async saveServerFacts(clockOffsetMs: number, source: SourceInfo | null): Promise<void> {
    const rows: MetaRow[] = [{ key: 'clock-offset', value: clockOffsetMs }];
    if (source) rows.push({ key: 'source', value: source });
    await this.#handle.attempt((db) => db.meta.bulkPut(rows));
  }

  async saveSettings(settings: LiveSettings): Promise<void> {
    await this.#handle.attempt((db) => db.meta.put({ key: 'settings', value: settings }));
  }

  async saveStats(reply: StatsReply, heardAtMs: number): Promise<void> {
    const { epoch, window } = reply;
    await this.#handle.attempt((db) => db.stats.put({ epoch, window, reply, heardAtMs }));
  }
}

async function revoke(
  db: BurnrateDatabase,
  epoch: string,
  resolution: Resolution,
  spans: readonly Interval[],
): Promise<Interval[]> {
  const touched: Segment[] = [];
  for (const span of spans) touched.push(...(await segmentsIn(db, epoch, resolution, span)));
  await db.segments.bulkDelete(touched.map(keyOf));
  return touched.map(spanOf);
}

function ofEpoch(db: BurnrateDatabase, epoch: string) {
  return db.series.where('[epoch+id]').between([epoch, Dexie.minKey], [epoch, Dexie.maxKey]);
}

type MetaValue<K extends MetaRow['key']> = Extract<MetaRow, { key: K }>['value'];

async function meta<K extends MetaRow['key']>(
  db: BurnrateDatabase,
  key: K,
): Promise<MetaValue<K> | null> {
  const row = await db.meta.get(key);
  return (row?.value as MetaValue<K> | undefined) ?? null; // a row's value is that of its key
}
