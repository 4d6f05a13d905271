import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aReply, aRow } from '#core/outbox/testing/rows.ts';
import { anIncident } from '#core/wire/testing/anomalies.ts';
import { DexieSegmentStore } from '#app/worker/dexie-segment-store.ts';
import { BurnrateDatabase, openDatabase } from './database.ts';
import { decide } from './decisions.ts';
import { IncidentReading } from './incidents.ts';
import { ledgerCursor, nextOutgoing, settle, takeChanges } from './ledger.ts';

const CURSOR = { epoch: 'e', ledger: 'l', revision: 1 };
const ACKNOWLEDGE = { state: 'acknowledged', note: 'seen', who: 'Ann' } as const;
let disks = 0;

function aDisk(): string {
  return `ledger-${disks++}`;
}

async function open(disk = aDisk()): Promise<BurnrateDatabase> {
  const database = await openDatabase(new BurnrateDatabase(disk));
  onTestFinished(() => database.close());
  return database;
}

async function aLedgerIn(database: BurnrateDatabase, next = CURSOR): Promise<void> {
  const anomalies = [{ ...anIncident({ id: 'a' }), revision: next.revision }];
  await takeChanges(database, null, { next, isAnew: true, anomalies, acks: [] });
}

/** The tables as the build before had them. */
async function asVersion3(disk: string): Promise<Dexie> {
  const before = new Dexie(disk);
  before.version(3).stores({
    series: '[epoch+id]',
    segments: '[epoch+resolution+startMs], [epoch+resolution+startMs+endMs+byteLength]',
    coverage: '[epoch+resolution]',
    stats: '[epoch+window]',
    meta: 'key',
    usage: 'period',
  });
  return before.open();
}

describe('the database of the build before', () => {
  it('S70 has room for incidents and decisions, and nothing in it is lost', async () => {
    const disk = aDisk();
    const before = await asVersion3(disk);
    const rows: Record<string, object> = {
      series: { epoch: 'e', id: 0, tenantId: 'north', customerId: 'acme', model: 'gpt-4o' },
      segments: {
        epoch: 'e',
        resolution: '5s',
        startMs: 0,
        endMs: 5_000,
        byteLength: 3,
        bytes: new Uint8Array([1, 2, 3]),
      },
      coverage: { epoch: 'e', resolution: '5s', intervals: [{ fromMs: 0, toMs: 5_000 }] },
      stats: { epoch: 'e', window: '24h', heardAtMs: 7, reply: { totalCost: 1 } },
      meta: { key: 'clock-offset', value: 7 },
      usage: { period: 'current', usage: [] },
    };
    for (const [table, row] of Object.entries(rows)) await before.table(table).put(row);
    before.close();

    const database = await open(disk);
    for (const [table, row] of Object.entries(rows)) {
      expect(await database.table(table).toArray()).toEqual([row]);
    }
    await aLedgerIn(database);
    await decide(database, [{ incidentId: 'a', decision: ACKNOWLEDGE }], 5);
    expect(await new IncidentReading(database).read()).toMatchObject({
      incidents: [{ anomaly: { id: 'a' }, pending: [{ request: ACKNOWLEDGE, madeAtMs: 5 }] }],
      notices: [],
    });
  });
});

describe('a cache that is cleared', () => {
  it('S62 keeps what is to be sent, what is to be told, and the name of the device', async () => {
    const disk = aDisk();
    const database = await open(disk);
    await aLedgerIn(database);
    await decide(database, [{ incidentId: 'a', decision: ACKNOWLEDGE }], 5);
    await decide(database, [{ incidentId: 'gone', decision: ACKNOWLEDGE }], 6);
    const refusal = { kind: 'refused', reason: 'why' } as const;
    const first = await nextOutgoing(database);
    if (!first) throw new Error('there are two');
    await settle(database, first, refusal);
    const device = await database.meta.get('device');
    const waiting = await database.outbox.toArray();
    await new DexieSegmentStore(() => openDatabase(new BurnrateDatabase(disk))).clear();
    expect(await database.outbox.toArray()).toEqual(waiting);
    expect(waiting).toHaveLength(1);
    expect(await database.notices.toArray()).toMatchObject([{ what: refusal }]);
    expect(await database.meta.get('device')).toEqual(device);
    expect(await database.anomalies.count()).toBe(0);
    expect(await ledgerCursor(database)).toBeNull();
  });
});

describe('an answer', () => {
  it('S71 of a ledger that was replaced meanwhile does not count: the next one is asked too', async () => {
    const database = await open();
    await aLedgerIn(database);
    await decide(database, [{ incidentId: 'a', decision: ACKNOWLEDGE }], 5);
    const sent = await nextOutgoing(database);
    if (!sent) throw new Error('there is one');
    await takeChanges(database, CURSOR, {
      next: { ...CURSOR, ledger: 'm' },
      isAnew: true,
      anomalies: [],
      acks: [],
    });
    await settle(database, sent, { kind: 'done', reply: aReply(sent.row) });
    expect(await database.outbox.count()).toBe(1);
    expect(await database.acks.count()).toBe(0);
    const again = await nextOutgoing(database);
    if (!again) throw new Error('it is still there');
    await settle(database, again, { kind: 'done', reply: aReply(again.row) });
    expect(await database.outbox.count()).toBe(0);
    expect(await database.acks.count()).toBe(1);
  });

  it('S71 that was written down already is not written down again', async () => {
    const database = await open();
    await aLedgerIn(database);
    await decide(database, [{ incidentId: 'a', decision: ACKNOWLEDGE }], 5);
    const sent = await nextOutgoing(database);
    if (!sent) throw new Error('there is one');
    for (let n = 0; n < 2; n++) await settle(database, sent, { kind: 'refused', reason: 'why' });
    expect(await database.notices.count()).toBe(1);
  });

  it('S71 that is older than what is known does not replace it', async () => {
    const database = await open();
    await aLedgerIn(database);
    const row = aRow(1, {}, 'a');
    await database.outbox.add(row);
    const later = { ...aReply(aRow(2, { state: 'dismissed' }, 'a')).ack, revision: 9 };
    await database.acks.put(later);
    const reply = aReply(row);
    await settle(database, { row, ledger: 'l' }, { kind: 'done', reply });
    expect(await database.acks.toArray()).toEqual([later]);
    expect(await database.outbox.count()).toBe(0);
  });
});

describe('changes', () => {
  it('S14 of a writer that has not seen the latest state are refused whole', async () => {
    const database = await open();
    await aLedgerIn(database);
    const anomalies = [{ ...anIncident({ id: 'b' }), revision: 2 }];
    const next = { ...CURSOR, revision: 2 };
    const changes = { next, isAnew: false, anomalies, acks: [] };
    expect(await takeChanges(database, null, changes)).toBe(false);
    expect(await takeChanges(database, { ...CURSOR, revision: 0 }, changes)).toBe(false);
    expect(await database.anomalies.count()).toBe(1);
    expect(await takeChanges(database, CURSOR, changes)).toBe(true);
    expect(await database.anomalies.count()).toBe(2);
  });
});
