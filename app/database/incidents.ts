import { Dexie } from 'dexie';
import type { LedgerCursor } from '#core/live/ledger-news.ts';
import type { OutboxRow } from '#core/outbox/outbox.ts';
import type { Ack } from '#core/wire/anomalies.ts';
import type { AnomalyRow, BurnrateDatabase, NoticeRow } from './database.ts';

/** An incident, and all that is known here of what people decided about it. */
export interface KnownIncident {
  readonly anomaly: AnomalyRow;
  /** What counts on the server; undefined: nobody decided. */
  readonly ack: Ack | undefined;
  /** What the user decided here and the server has not confirmed, in its order. */
  readonly pending: readonly OutboxRow[];
}

export interface KnownIncidents {
  /** Newest first, without those that turned out to be part of others. */
  readonly incidents: readonly KnownIncident[];
  /** Oldest first. */
  readonly notices: readonly NoticeRow[];
}

/** Of a data set, by their start. */
export function newestFirst({ anomalies }: BurnrateDatabase, epoch: string) {
  return anomalies
    .where('[epoch+startMs+revision]')
    .between([epoch, Dexie.minKey], [epoch, Dexie.maxKey])
    .reverse();
}

/**
 * Reads all that is known of the incidents of the newest data set, each time it is called. What has not changed since
 * the last time is not read again and is the very same object: a thousand incidents are megabytes.
 */
export class IncidentReading {
  readonly #database: BurnrateDatabase;
  #cursor: LedgerCursor | null = null;
  #known: ReadonlyMap<string, KnownIncident> = new Map();

  constructor(database: BurnrateDatabase) {
    this.#database = database;
  }

  /** @throws what the storage throws */
  async read(): Promise<KnownIncidents> {
    const { anomalies, acks, outbox, notices, meta } = this.#database;
    return this.#database.transaction('r', [anomalies, acks, outbox, notices, meta], async () => {
      const told = await notices.toArray();
      const cursor = await meta.get('ledger');
      if (cursor?.key !== 'ledger') return { incidents: [], notices: told };
      const incidents = await this.#incidents(cursor.value);
      return { incidents: incidents.filter(isItself), notices: told };
    });
  }

  async #incidents(cursor: LedgerCursor): Promise<readonly KnownIncident[]> {
    const before = isContinued(this.#cursor, cursor) ? this.#known : new Map<string, never>();
    const rows = await this.#rows(cursor.epoch, before);
    const decided = await this.#database.acks.bulkGet(rows.map((one) => one.id));
    const waiting = byIncident(await this.#database.outbox.orderBy('order').toArray());
    const incidents = rows.map((anomaly, i) => {
      const { id } = anomaly;
      const fresh = { anomaly, ack: decided[i], pending: waiting.get(id) ?? NONE };
      return sameOf(before.get(id), fresh);
    });
    this.#cursor = cursor;
    this.#known = new Map(incidents.map((one) => [one.anomaly.id, one]));
    return incidents;
  }

  async #rows(epoch: string, before: ReadonlyMap<string, KnownIncident>): Promise<AnomalyRow[]> {
    const ids = await newestFirst(this.#database, epoch).primaryKeys();
    const keys = await newestFirst(this.#database, epoch).keys();
    const rows = ids.map((id, i) => {
      const [, , revision] = keys[i] as unknown as [string, number, number]; // the index's columns
      const known = before.get(id)?.anomaly;
      return known?.revision === revision ? known : null;
    });
    const missing = ids.filter((_, i) => rows[i] === null);
    const read = await this.#database.anomalies.bulkGet(missing);
    const byId = new Map(read.flatMap((row) => (row ? [[row.id, row]] : [])));
    return ids.flatMap((id, i) => rows[i] ?? byId.get(id) ?? []);
  }
}

const NONE: readonly OutboxRow[] = [];

function byIncident(rows: readonly OutboxRow[]): ReadonlyMap<string, readonly OutboxRow[]> {
  const found = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const others = found.get(row.incidentId);
    if (others) others.push(row);
    else found.set(row.incidentId, [row]);
  }
  return found;
}

/** Another ledger, or one that was put back to an earlier day, counts its revisions anew. */
function isContinued(before: LedgerCursor | null, cursor: LedgerCursor): boolean {
  const isSame = before?.ledger === cursor.ledger && before.epoch === cursor.epoch;
  return isSame && before.revision <= cursor.revision;
}

function sameOf(before: KnownIncident | undefined, fresh: KnownIncident): KnownIncident {
  const isSame =
    before?.anomaly === fresh.anomaly &&
    before.ack?.revision === fresh.ack?.revision &&
    before.pending.length === fresh.pending.length &&
    before.pending.every((row, i) => row.order === fresh.pending[i]?.order);
  return isSame ? before : fresh;
}

function isItself({ anomaly }: KnownIncident): boolean {
  return anomaly.mergedInto === null;
}
