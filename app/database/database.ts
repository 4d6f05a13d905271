import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Cursor, StoredProvenance } from '#core/live/commit.ts';
import type { KeptFrom } from '#core/live/history-plan.ts';
import type { Segment } from '#core/rollup/segment.ts';
import type { SeriesKey } from '#core/rollup/series.ts';
import type { IntervalSet } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { LedgerCursor } from '#core/live/ledger-news.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { OutboxRow } from '#core/outbox/outbox.ts';
import type { Ack, AckRequest, Anomaly } from '#core/wire/anomalies.ts';
import type { EvidenceInfo } from '#core/wire/evidence.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import { BlockedDatabaseError, NewerDatabaseError } from './storage-failure.ts';
import type { StatsReply, StatsWindow } from '#core/wire/stats.ts';
import type { MessageUsage } from '#core/wire/usage.ts';

export interface SeriesRow extends SeriesKey {
  readonly epoch: string;
  readonly id: number;
}

export interface CoverageRow {
  readonly epoch: string;
  readonly resolution: Resolution;
  readonly intervals: IntervalSet;
}

/** The server's own sums of a window, for what is not covered here. */
export interface StatsRow {
  readonly epoch: string;
  readonly window: StatsWindow;
  readonly reply: StatsReply;
  /** The server's clock when it answered, epoch ms. */
  readonly heardAtMs: number;
}

/** What the messages of a billing period used, as the server said last; only the current one is kept. */
export interface UsageRow {
  readonly period: 'current';
  readonly usage: readonly MessageUsage[];
}

/** What is known of the stored usage, apart from it: it may be long, and changes seldom. */
export interface UsageFacts {
  /** The reply's `ETag`. */
  readonly tag: string;
  /** The server's clock when it last said so, epoch ms. */
  readonly heardAtMs: number;
}

/** An incident, as the server told it last. */
export interface AnomalyRow extends Anomaly {
  /** Of the data set. */
  readonly epoch: string;
}

/** What the user has to be told about a decision of theirs, until they have read it. */
export interface NoticeRow {
  readonly number: number;
  readonly incidentId: string;
  readonly request: AckRequest;
  readonly what:
    | { readonly kind: 'refused'; /** In words for people. */ readonly reason: string }
    /** Somebody else decided later; `mineMs` is when the user's own arrived, epoch ms, which older notices do not tell. */
    | { readonly kind: 'superseded'; readonly by: Ack; readonly mineMs?: number };
}

/** The single values of the cache, by key. */
export type MetaRow =
  | { readonly key: 'cursor'; readonly value: Cursor }
  /** Server time minus this device's wall clock, ms. */
  | { readonly key: 'clock-offset'; readonly value: number }
  | { readonly key: 'source'; readonly value: SourceInfo }
  | { readonly key: 'settings'; readonly value: LiveSettings }
  | { readonly key: 'kept-from'; readonly value: KeptFrom }
  | { readonly key: 'provenance'; readonly value: StoredProvenance }
  | { readonly key: 'evidence'; readonly value: EvidenceInfo }
  | { readonly key: 'usage'; readonly value: UsageFacts }
  | { readonly key: 'ledger'; readonly value: LedgerCursor }
  /** What this browser's client ids begin with. */
  | { readonly key: 'device'; readonly value: string };

/** Where imported files are kept, apart from what the server says. */
export const EVIDENCE_DATABASE = 'burnrate-evidence';

/** Dexie numbers the browser's own versions so, to have room between two of ours. */
const NATIVE_FACTOR = 10;
/** Raised with every change of the tables. */
const VERSION = 4;

/** The browser's copy of the metrics. Schema changes are additive; a new version never drops a table. */
export class BurnrateDatabase extends Dexie {
  declare readonly series: Table<SeriesRow, [epoch: string, id: number]>;
  declare readonly segments: Table<
    Segment,
    [epoch: string, resolution: Resolution, startMs: number]
  >;
  declare readonly coverage: Table<CoverageRow, [epoch: string, resolution: Resolution]>;
  declare readonly stats: Table<StatsRow, [epoch: string, window: StatsWindow]>;
  declare readonly usage: EntityTable<UsageRow, 'period'>;
  declare readonly anomalies: EntityTable<AnomalyRow, 'id'>;
  /** Of every incident the decision that counts, as the server has it. */
  declare readonly acks: EntityTable<Ack, 'incidentId'>;
  declare readonly outbox: EntityTable<OutboxRow, 'order', Omit<OutboxRow, 'order'>>;
  declare readonly notices: EntityTable<NoticeRow, 'number', Omit<NoticeRow, 'number'>>;
  declare readonly meta: EntityTable<MetaRow, 'key'>;

  constructor(name = 'burnrate') {
    super(name);
    // A newer build wants to upgrade, or the user clears the site's data: get out of its way at once.
    this.on('versionchange', () => {
      this.close();
      return false;
    });
    this.version(1).stores({
      series: '[epoch+id]',
      segments: '[epoch+resolution+startMs]',
      coverage: '[epoch+resolution]',
      stats: '[epoch+window]',
      meta: 'key',
    });
    // The second index tells what there is without reading it. Segments of before cannot be read any
    // more; what the server still has is fetched again.
    this.version(2)
      .stores({
        segments: '[epoch+resolution+startMs], [epoch+resolution+startMs+endMs+byteLength]',
      })
      .upgrade(async (transaction) => {
        await transaction.table('segments').clear();
        await transaction.table('coverage').clear();
        await transaction.table('series').clear();
        await transaction.table('meta').delete('cursor');
      });
    this.version(3).stores({ usage: 'period' });
    this.version(VERSION).stores({
      // The index tells which have changed without reading them.
      anomalies: 'id, [epoch+startMs+revision]',
      acks: 'incidentId',
      outbox: '++order, &clientId, incidentId',
      notices: '++number',
    });
  }
}

/**
 * Opens the database, or says why it cannot be used.
 * @throws {NewerDatabaseError} where Dexie would silently write into tables that it does not know
 * @throws {BlockedDatabaseError} instead of waiting for a tab that may be frozen
 * @throws what the storage throws
 */
export async function openDatabase(database: BurnrateDatabase): Promise<BurnrateDatabase> {
  const blocked = new Promise<never>((_, reject) => {
    database.on('blocked', () => {
      reject(new BlockedDatabaseError('another tab holds it open'));
      return false;
    });
  });
  try {
    await Promise.race([database.open(), blocked]);
    const { version } = database.backendDB();
    if (version >= (VERSION + 1) * NATIVE_FACTOR) throw new NewerDatabaseError('of a newer build');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens the database of whatever build made it, to be read: without versions of its own Dexie takes the
 * tables as they are, and changes being additive, ours are among them.
 * @throws what the storage throws
 */
export async function openAsItIs(name = 'burnrate'): Promise<BurnrateDatabase> {
  const database = new Dexie(name);
  database.on('versionchange', () => {
    database.close();
    return false;
  });
  await database.open();
  const tables = Object.fromEntries(database.tables.map((table) => [table.name, table]));
  return Object.assign(database, tables) as Dexie as BurnrateDatabase; // by the rule of additive changes
}
