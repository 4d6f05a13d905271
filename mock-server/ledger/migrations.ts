import type { Database, Query } from './database.ts';

/** Steps from nothing to today's tables, in order. What was released is never changed: add another. */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE ledger_meta (
      is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      id text NOT NULL,
      revision bigint NOT NULL
    )`,
    `INSERT INTO ledger_meta (id, revision) VALUES (gen_random_uuid()::text, 0)`,
    `CREATE TABLE ledger_incidents (
      id text PRIMARY KEY,
      epoch text NOT NULL,
      start_ms bigint NOT NULL,
      end_ms bigint,
      updated_ms bigint NOT NULL,
      revision bigint NOT NULL,
      report text NOT NULL
    )`,
    `CREATE INDEX ledger_incidents_changed ON ledger_incidents (epoch, revision)`,
    `CREATE TABLE ledger_acks (
      client_id text PRIMARY KEY,
      incident_id text NOT NULL REFERENCES ledger_incidents (id),
      state text NOT NULL,
      until_ms bigint,
      note text NOT NULL,
      who text NOT NULL,
      at_ms bigint NOT NULL,
      revision bigint NOT NULL
    )`,
    `CREATE UNIQUE INDEX ledger_acks_arrived ON ledger_acks (incident_id, revision)`,
    `CREATE INDEX ledger_acks_changed ON ledger_acks (revision)`,
    `CREATE TABLE ledger_checkpoints (
      epoch text PRIMARY KEY,
      at_ms bigint NOT NULL,
      state bytea NOT NULL
    )`,
  ],
  [
    `CREATE TABLE ledger_settings (
      is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      sensitivity text NOT NULL,
      floor_micro_usd_per_hour bigint NOT NULL
    )`,
  ],
];

/** Any number, as long as nobody else who uses the database takes the same. */
const LOCK = 7_264_113;

/** Whoever made the ledger knew more than this code; it is left as it is. */
export class NewerLedger extends Error {
  constructor(version: number) {
    super(`it was written by a newer Burnrate (tables ${version}, known ${MIGRATIONS.length})`);
  }
}

/**
 * Makes the tables of today out of whatever is there; several servers may do it at once.
 * @throws {NewerLedger}
 */
export async function migrate(database: Database): Promise<void> {
  let version = 0;
  // One transaction a step, so that what is killed goes on where it was.
  while (version < MIGRATIONS.length) version = await database.transaction(migrateOnce);
}

async function migrateOnce(query: Query): Promise<number> {
  await query(`SELECT pg_advisory_xact_lock(${LOCK})`);
  await query(
    'CREATE TABLE IF NOT EXISTS ledger_migrations (version int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
  );
  const [row] = await query('SELECT coalesce(max(version), 0) AS version FROM ledger_migrations');
  const version = Number(row?.['version']);
  if (version > MIGRATIONS.length) throw new NewerLedger(version);
  const next = MIGRATIONS[version];
  if (!next) return version;
  for (const statement of next) await query(statement);
  await query('INSERT INTO ledger_migrations (version) VALUES ($1)', [version + 1]);
  return version + 1;
}
