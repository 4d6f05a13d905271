import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAckRequest, anIncident } from '#core/wire/testing/anomalies.ts';
import { ScriptedStore } from '../testing/scripted-store.ts';
import { serveLedger } from '../testing/serve-ledger.ts';
import { StreamReader } from '../testing/stream-reader.ts';
import type { Ledger } from './ledger.ts';
import { describeLedger } from './ledger-contract.ts';
import { openPostgresLedger } from './open-ledger.ts';
import { postgresDatabase } from './postgres-database.ts';
import { startPostgres } from './testing/real-postgres.ts';

let postgres: Awaited<ReturnType<typeof startPostgres>> | null = null;
const ledgers: Ledger[] = [];

function running() {
  if (!postgres) throw new Error('PostgreSQL is not running');
  return postgres;
}

/** Opens a ledger that is closed at the end of all tests. */
async function open(url: string): Promise<Ledger> {
  const opened = await openPostgresLedger(url, () => {});
  if (!opened.ok) throw new Error(opened.reason);
  ledgers.push(opened.ledger);
  return opened.ledger;
}

function ledgerAt(place: number): Ledger {
  const ledger = ledgers[place];
  if (!ledger) throw new Error('it is not open');
  return ledger;
}

beforeAll(async () => {
  postgres = await startPostgres();
  await open(postgres.url);
  await open(postgres.url);
}, 120_000);

afterAll(async () => {
  for (const ledger of ledgers) await ledger.close();
  await postgres?.stop();
});

describeLedger(
  'PostgreSQL',
  () => ledgerAt(0),
  () => ledgerAt(1),
);

describe('a ledger in PostgreSQL', () => {
  it('K14 is made once when several servers start at the same time', async () => {
    const url = await running().create('several');
    const opened = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    const asked = { epoch: 'e', fromMs: null, toMs: null, sinceRevision: 0, limit: 9 };
    const replies = await Promise.all(opened.map((ledger) => ledger.changes(asked)));
    expect(new Set(replies.map((reply) => reply.ledger)).size).toBe(1);
    await opened[0]?.save('e', [anIncident()]);
    expect((await opened[3]?.changes(asked))?.anomalies).toHaveLength(1);
  });

  it('K15 is left alone when a newer version made it', async () => {
    const url = await running().create('newer');
    await open(url);
    const database = postgresDatabase(url, () => {});
    await database.transaction((query) =>
      query('INSERT INTO ledger_migrations (version) VALUES (99)'),
    );
    await database.close();
    const opened = await openPostgresLedger(url, () => {});
    expect(opened).toMatchObject({ ok: false, isFinal: true });
    expect(!opened.ok && opened.reason).toContain('newer Burnrate (tables 99');
  });

  it('K37 tells what another server on the same database wrote, within seconds', async () => {
    const url = await running().create('shared');
    const [mine, theirs] = [await open(url), await open(url)];
    const store = new ScriptedStore();
    const served = await serveLedger({ ledger: () => theirs, store, everyMs: 50 });
    const own = await serveLedger({ ledger: () => mine, store });
    await served.news.changed();
    const reader = new StreamReader(served.port);
    await reader.until(() => reader.metrics.length > 0);
    const { id } = anIncident();
    await mine.save(store.epoch, [anIncident()]);
    await reader.until(() => reader.all('anomalies').length === 1);
    expect(reader.all('anomalies')[0]?.data.anomalies).toMatchObject([{ id, revision: 1 }]);
    const decided = await own.put(`/api/anomalies/${id}/ack`, anAckRequest());
    expect(decided.status).toBe(200);
    await reader.until(() => reader.all('acks').length === 1);
    expect(reader.all('acks')[0]?.data).toMatchObject({
      ledger: { since: 1, revision: 2 },
      acks: [{ incidentId: id, who: anAckRequest().who }],
    });
    reader.leave();
  });

  it('K16 says what is wrong when it cannot be reached, and may be asked again', async () => {
    const opened = await openPostgresLedger('postgres://nobody@127.0.0.1:1/none', () => {});
    expect(opened).toMatchObject({ ok: false, isFinal: false });
    expect(!opened.ok && opened.reason).toContain('ECONNREFUSED');
  });

  it('K16 goes on after its connections were cut', async () => {
    const url = await running().create('cut');
    const broken: Error[] = [];
    const opened = await openPostgresLedger(url, (error) => broken.push(error));
    if (!opened.ok) throw new Error(opened.reason);
    ledgers.push(opened.ledger);
    await opened.ledger.save('e', [anIncident()]);
    const other = postgresDatabase(running().url, () => {});
    await other.transaction((query) =>
      query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', ['cut']),
    );
    await other.close();
    await expect.poll(() => broken.length).toBeGreaterThan(0);
    const later = { ...anIncident(), score: 9 };
    expect(await opened.ledger.save('e', [later])).toMatchObject([{ score: 9, revision: 2 }]);
  });
});
