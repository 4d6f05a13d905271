import 'fake-indexeddb/auto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aReply, aRow } from '#core/outbox/testing/rows.ts';
import type { Anomaly } from '#core/wire/anomalies.ts';
import { anIncident } from '#core/wire/testing/anomalies.ts';
import { BurnrateDatabase, openDatabase } from './database.ts';
import { IncidentReading } from './incidents.ts';
import { takeChanges } from './ledger.ts';

const CURSOR = { epoch: 'e', ledger: 'l', revision: 10 };
const START_MS = Date.UTC(2026, 10, 3, 9);
let disks = 0;

const at = (id: string, revision: number, over: Partial<Anomaly> = {}): Anomaly => ({
  ...anIncident({ id, startMs: START_MS + id.charCodeAt(0) * 60_000 }),
  revision,
  ...over,
});

/** A disk with the incidents a, b and c, what is read of it, and which were read whole. */
async function aReading() {
  const database = new BurnrateDatabase(`incidents-${disks++}`);
  const wholly: unknown[] = [];
  database.use({
    stack: 'dbcore',
    create: (core) => ({
      ...core,
      table: (name) => ({
        ...core.table(name),
        getMany: (request) => {
          if (name === 'anomalies') wholly.push(...request.keys);
          return core.table(name).getMany(request);
        },
      }),
    }),
  });
  await openDatabase(database);
  onTestFinished(() => database.close());
  const anomalies = [at('a', 1), at('b', 2), at('c', 3)];
  await takeChanges(database, null, { next: CURSOR, isAnew: true, anomalies, acks: [] });
  const reading = new IncidentReading(database);
  return { database, reading, wholly, first: await reading.read() };
}

const idsOf = (read: Awaited<ReturnType<IncidentReading['read']>>) =>
  read.incidents.map((one) => one.anomaly.id);

describe('reading incidents', () => {
  it('S74 gives them newest first, with what was decided, and without those that are part of others', async () => {
    const { database, reading, first } = await aReading();
    expect(idsOf(first)).toEqual(['c', 'b', 'a']);
    const row = aRow(1, {}, 'b');
    await database.outbox.add(row);
    await database.acks.put(aReply(aRow(9, {}, 'a')).ack);
    await database.anomalies.update('c', { mergedInto: 'a', revision: 11 });
    const read = await reading.read();
    expect(idsOf(read)).toEqual(['b', 'a']);
    expect(read.incidents.map((one) => one.pending)).toEqual([[row], []]);
    expect(read.incidents.map((one) => one.ack?.incidentId)).toEqual([undefined, 'a']);
    await database.outbox.clear();
    expect((await reading.read()).incidents[0]?.pending).toEqual([]);
  });

  it('S74 reads again only what has changed, and gives the rest as the very same objects', async () => {
    const { database, reading, first, wholly } = await aReading();
    const next = { ...CURSOR, revision: 11 };
    const anomalies = [at('b', 11, { severity: 'critical' })];
    await takeChanges(database, CURSOR, { next, isAnew: false, anomalies, acks: [] });
    const second = await reading.read();
    expect(second.incidents[0]).toBe(first.incidents[0]);
    expect(second.incidents[1]?.anomaly.severity).toBe('critical');
    expect(second.incidents[2]).toBe(first.incidents[2]);
    expect((await reading.read()).incidents).toEqual(second.incidents);
    expect(wholly).toEqual(['c', 'b', 'a', 'b']);
  });

  it('S74 reads everything again of another ledger, whose revisions may look the same', async () => {
    const { database, reading } = await aReading();
    const next = { ...CURSOR, ledger: 'm' };
    const anomalies = [at('a', 1, { severity: 'minor' }), at('b', 2, { severity: 'minor' })];
    await takeChanges(database, CURSOR, { next, isAnew: true, anomalies, acks: [] });
    const read = await reading.read();
    expect(read.incidents.map((one) => one.anomaly.severity)).toEqual(['minor', 'minor']);
  });
});
