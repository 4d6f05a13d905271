import type { AnomalySettings } from '#core/anomaly/settings.ts';
import type { Ack, AckReply, AckRequest, AnomaliesReply, Anomaly } from '#core/wire/anomalies.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import type { Database, Query } from './database.ts';
import { ackOf, anomalyOf, metaRowSchema, untilMsOf } from './rows.ts';
import { readSettings, writeSettings } from './settings.ts';

/** How far the detection has come: with it a restart resumes, and detects nothing twice. */
export interface Checkpoint {
  /** End of what the detection has seen, epoch ms. */
  readonly atMs: number;
  readonly state: Uint8Array;
}

/** How far a ledger has come; another id: another ledger, whose revisions count from 0. */
export interface LedgerMark {
  readonly id: string;
  readonly revision: number;
}

export interface ChangesQuery {
  /** Only incidents of this data set. */
  readonly epoch: string;
  /** Only incidents that overlap `[fromMs, toMs)`; null: no bound. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Only what changed after this revision. */
  readonly sinceRevision: number;
  /** Incidents and decisions together, at least 1. */
  readonly limit: number;
}

export type Decided =
  | { ok: true; reply: AckReply }
  /** The client id was used for another decision. */
  | { ok: false; reason: 'unknown-incident' | 'client-id-taken' };

/**
 * Incidents, and what people decided about them. Every change takes the next revision of one count, and whoever
 * changes something holds that count until it is done: who has seen revision n has seen all up to n.
 */
export class Ledger {
  readonly #database: Database;

  /** @param database with the tables of today */
  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Takes what the detection says of some incidents of a data set, with the point that it has come to: both or neither.
   * What is known is no change; nor is what is older than what is known, from another server that is behind.
   * @returns what changed
   */
  save(
    epoch: string,
    reports: readonly IncidentReport[],
    checkpoint: Checkpoint | null = null,
  ): Promise<readonly Anomaly[]> {
    return this.#database.transaction(async (query) => {
      let { revision } = await holdCount(query);
      const changed: Anomaly[] = [];
      for (const report of reports) {
        if (!(await upsert(query, epoch, report, revision + 1))) continue;
        revision += 1;
        changed.push({ ...report, revision });
      }
      await setCount(query, revision);
      if (checkpoint) await putCheckpoint(query, epoch, checkpoint);
      return changed;
    });
  }

  /** Null: the data set was never watched. */
  checkpoint(epoch: string): Promise<Checkpoint | null> {
    return this.#database.transaction(async (query) => {
      const select = 'SELECT at_ms, state FROM ledger_checkpoints WHERE epoch = $1';
      const [row] = await query(select, [epoch]);
      if (!row) return null;
      const state = row['state'] as Uint8Array; // the column is bytes, which both databases give as such
      return { atMs: Number(row['at_ms']), state };
    });
  }

  /**
   * Takes a decision. The last that arrives counts; one that arrives again changes nothing.
   * @param atMs the server's clock, epoch ms
   */
  decide(incidentId: string, request: AckRequest, atMs: number): Promise<Decided> {
    return this.#database.transaction(async (query): Promise<Decided> => {
      const { revision } = await holdCount(query);
      const known = await ackWith(query, request.clientId);
      if (known && !isSame(known, incidentId, request)) {
        return { ok: false, reason: 'client-id-taken' };
      }
      if (known) return { ok: true, reply: { ack: known, current: await newest(query, known) } };
      const incidents = await query('SELECT 1 FROM ledger_incidents WHERE id = $1', [incidentId]);
      if (incidents.length === 0) return { ok: false, reason: 'unknown-incident' };
      const ack: Ack = { ...request, incidentId, atMs, revision: revision + 1 };
      await insertAck(query, ack);
      await setCount(query, ack.revision);
      return { ok: true, reply: { ack, current: ack } };
    });
  }

  /** How far it has come, for next to nothing. */
  mark(): Promise<LedgerMark> {
    return this.#database.transaction(readMark);
  }

  /** What changed, in the order in which it did, as of one moment. */
  changes(asked: ChangesQuery): Promise<AnomaliesReply> {
    return this.#database.transaction(async (query) => {
      await query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const { id, revision } = await readMark(query);
      const anomalies = await changedIncidents(query, asked);
      const acks = await changedAcks(query, asked);
      const revisions = [...anomalies, ...acks].map((one) => one.revision).sort((a, b) => a - b);
      const hasMore = revisions.length > asked.limit;
      const upTo = (hasMore ? revisions[asked.limit - 1] : undefined) ?? revision;
      return {
        epoch: asked.epoch,
        ledger: id,
        revision: upTo,
        hasMore,
        anomalies: anomalies.filter((one) => one.revision <= upTo),
        acks: acks.filter((one) => one.revision <= upTo),
      };
    });
  }

  /** What the anomalies are looked for with; the defaults until somebody chose. */
  settings(): Promise<AnomalySettings> {
    return this.#database.transaction(readSettings);
  }

  /** Chooses them for all. Takes a revision, so that whoever looks for news finds that there is some. */
  changeSettings(settings: AnomalySettings): Promise<void> {
    return this.#database.transaction(async (query) => {
      const { revision } = await holdCount(query);
      if (await writeSettings(query, settings)) await setCount(query, revision + 1);
    });
  }

  /**
   * Forgets incidents that ended before `beforeMs` (epoch ms), or of which nothing was said since, with their decisions,
   * and where detections came to before it. The count of revisions stays, so that none is given twice.
   * @returns how many incidents
   */
  forget(beforeMs: number): Promise<number> {
    return this.#database.transaction(async (query) => {
      await holdCount(query);
      const old = 'SELECT id FROM ledger_incidents WHERE coalesce(end_ms, updated_ms) < $1';
      await query(`DELETE FROM ledger_acks WHERE incident_id IN (${old})`, [beforeMs]);
      await query('DELETE FROM ledger_checkpoints WHERE at_ms < $1', [beforeMs]);
      return (
        await query(`DELETE FROM ledger_incidents WHERE id IN (${old}) RETURNING id`, [beforeMs])
      ).length;
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

/** Reads all there is. @throws when some of it is damaged */
export async function readThrough(database: Database): Promise<void> {
  await database.transaction(async (query) => {
    await readMark(query);
    await query('SELECT sum(length(report)) FROM ledger_incidents');
    await query('SELECT sum(length(note) + length(who)) FROM ledger_acks');
    await query('SELECT sum(length(state)) FROM ledger_checkpoints');
  });
}

async function readMark(query: Query): Promise<LedgerMark> {
  const [row] = await query('SELECT id, revision FROM ledger_meta');
  return metaRowSchema.parse(row);
}

/** Nobody else changes anything until the transaction ends. */
async function holdCount(query: Query) {
  const [row] = await query('SELECT id, revision FROM ledger_meta FOR UPDATE');
  return metaRowSchema.parse(row);
}

async function setCount(query: Query, revision: number): Promise<void> {
  await query('UPDATE ledger_meta SET revision = $1', [revision]);
}

/** Whether it is new. */
async function upsert(
  query: Query,
  epoch: string,
  report: IncidentReport,
  revision: number,
): Promise<boolean> {
  const rows = await query(
    `INSERT INTO ledger_incidents AS old (id, epoch, start_ms, end_ms, updated_ms, revision, report)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, start_ms = excluded.start_ms,
      end_ms = excluded.end_ms, updated_ms = excluded.updated_ms, revision = excluded.revision,
      report = excluded.report
    WHERE old.updated_ms <= excluded.updated_ms AND old.report <> excluded.report
    RETURNING id`,
    [
      report.id,
      epoch,
      report.startMs,
      report.endMs,
      report.updatedMs,
      revision,
      JSON.stringify(report),
    ],
  );
  return rows.length > 0;
}

async function putCheckpoint(query: Query, epoch: string, checkpoint: Checkpoint): Promise<void> {
  await query(
    `INSERT INTO ledger_checkpoints AS old (epoch, at_ms, state) VALUES ($1, $2, $3)
    ON CONFLICT (epoch) DO UPDATE SET at_ms = excluded.at_ms, state = excluded.state
    WHERE old.at_ms <= excluded.at_ms`,
    [epoch, checkpoint.atMs, checkpoint.state],
  );
}

async function ackWith(query: Query, clientId: string): Promise<Ack | null> {
  const [row] = await query('SELECT * FROM ledger_acks WHERE client_id = $1', [clientId]);
  return row ? ackOf(row) : null;
}

function isSame(ack: Ack, incidentId: string, request: AckRequest): boolean {
  return (
    ack.incidentId === incidentId &&
    ack.state === request.state &&
    untilMsOf(ack) === untilMsOf(request) &&
    ack.note === request.note &&
    ack.who === request.who
  );
}

/** The decision that counts about the incident of another. */
async function newest(query: Query, ack: Ack): Promise<Ack> {
  const select = 'SELECT * FROM ledger_acks WHERE incident_id = $1 ORDER BY revision DESC LIMIT 1';
  const [row] = await query(select, [ack.incidentId]);
  return row ? ackOf(row) : ack;
}

async function insertAck(query: Query, ack: Ack): Promise<void> {
  await query(
    `INSERT INTO ledger_acks (client_id, incident_id, state, until_ms, note, who, at_ms, revision)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ack.clientId,
      ack.incidentId,
      ack.state,
      untilMsOf(ack),
      ack.note,
      ack.who,
      ack.atMs,
      ack.revision,
    ],
  );
}

/** Values `$1` to `$3`: epoch, start and end. What has not ended lasts. */
const OF_THE_SPAN = `incident.epoch = $1
  AND ($2::bigint IS NULL OR incident.end_ms IS NULL OR incident.end_ms > $2)
  AND ($3::bigint IS NULL OR incident.start_ms < $3)`;

async function changedIncidents(query: Query, asked: ChangesQuery): Promise<Anomaly[]> {
  const rows = await query(
    `SELECT revision, report FROM ledger_incidents incident
    WHERE ${OF_THE_SPAN} AND revision > $4 ORDER BY revision LIMIT $5`,
    valuesOf(asked),
  );
  return rows.map(anomalyOf);
}

async function changedAcks(query: Query, asked: ChangesQuery): Promise<Ack[]> {
  const rows = await query(
    `SELECT ack.* FROM ledger_acks ack JOIN ledger_incidents incident ON incident.id = ack.incident_id
    WHERE ${OF_THE_SPAN} AND ack.revision > $4 AND NOT EXISTS (
      SELECT 1 FROM ledger_acks later
      WHERE later.incident_id = ack.incident_id AND later.revision > ack.revision
    ) ORDER BY ack.revision LIMIT $5`,
    valuesOf(asked),
  );
  return rows.map(ackOf);
}

/** One more than the limit tells whether there is more. */
function valuesOf({ epoch, fromMs, toMs, sinceRevision, limit }: ChangesQuery) {
  return [epoch, fromMs, toMs, sinceRevision, limit + 1];
}
