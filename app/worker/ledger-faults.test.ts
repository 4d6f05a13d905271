import 'fake-indexeddb/auto';
import type { DBCore, DBCoreMutateRequest, DBCoreTable } from 'dexie';
import { describe, expect, it } from 'vitest';
import { BurnrateDatabase, openDatabase } from '#app/database/database.ts';
import { Browser } from '#app/testing/browser.ts';
import { expectTruth } from '#app/testing/expect-truth.ts';
import {
  click,
  expectSame,
  giveLedger,
  incidentOf,
  keptIncidents,
} from '#app/testing/incidents.ts';
import { elsewhere } from '#app/testing/scene.ts';
import { DexieSegmentStore } from './dexie-segment-store.ts';

const MINUTE_MS = 60_000;
const LEDGER_TABLES = new Set(['anomalies', 'acks', 'notices']);

/** A disk that takes deletions from any table, and of incidents and decisions nothing else while it is full. */
function fullFor(disk: string, isFull: () => boolean): DexieSegmentStore {
  const full = Object.assign(new Error('full'), { name: 'QuotaExceededError' });
  const guarded = (table: DBCoreTable): DBCoreTable => ({
    ...table,
    mutate: (request: DBCoreMutateRequest) => {
      const isRoomNeeded = LEDGER_TABLES.has(table.name) && !request.type.startsWith('delete');
      return isRoomNeeded && isFull() ? Promise.reject(full) : table.mutate(request);
    },
  });
  return new DexieSegmentStore(() => {
    const database = new BurnrateDatabase(disk);
    database.use({
      stack: 'dbcore',
      create: (core: DBCore) => ({ ...core, table: (name) => guarded(core.table(name)) }),
    });
    return openDatabase(database);
  });
}

async function aFullScene() {
  const browser = new Browser();
  browser.world.startStreaming();
  const ledger = giveLedger(browser, ['a', 'b']);
  const disk = { isFull: false };
  const tab = browser.openTab(fullFor(browser.disk, () => disk.isFull));
  await browser.live(5_000);
  disk.isFull = true;
  return { browser, ledger, tab, disk };
}

describe('a disk without room for incidents', () => {
  it('S72 keeps those of before, while metrics go on, and has all when there is room again', async () => {
    const { browser, ledger, tab, disk } = await aFullScene();
    const { epoch } = browser.server.store;
    const asked = browser.server.asked.length;
    ledger.save(epoch, incidentOf(browser, 'c'));
    await browser.live(5 * MINUTE_MS);
    expect((await keptIncidents(browser.disk)).anomalies).toHaveLength(2);
    expect(tab.status?.storage).toEqual({ kind: 'writer' });
    await expectTruth(browser);
    const again = browser.server.asked.slice(asked).filter((path) => path.includes('anomalies'));
    expect(again.length).toBeLessThan(40);
    disk.isFull = false;
    await browser.live(40_000);
    await expectSame(browser, ledger);
  });

  it('S72 lets go of what was sent, and has what counts when there is room again', async () => {
    const { browser, ledger, disk } = await aFullScene();
    await click(browser, ['a', 'b']);
    await browser.live(MINUTE_MS);
    expect(ledger.arrived).toHaveLength(2);
    expect((await keptIncidents(browser.disk)).outbox).toEqual([]);
    disk.isFull = false;
    await browser.live(40_000);
    await expectSame(browser, ledger);
  });

  it('S72 forgets nothing that the user has to be told', async () => {
    const scene = await aFullScene();
    const { browser, disk } = scene;
    await click(browser, ['gone', 'a']);
    browser.server.distort = async (reply, path) => {
      if (!path.endsWith('/a/ack') || scene.ledger.arrived.length !== 1) return reply;
      elsewhere(scene, 'a', 'dismissed');
      throw new TypeError('connection lost');
    };
    await browser.live(2 * MINUTE_MS);
    expect((await keptIncidents(browser.disk)).outbox).toHaveLength(2);
    disk.isFull = false;
    await browser.live(2 * MINUTE_MS);
    const { outbox, notices } = await keptIncidents(browser.disk);
    expect(outbox).toEqual([]);
    expect(notices.map(({ incidentId, what }) => `${incidentId} ${what.kind}`)).toEqual([
      'gone refused',
      'a superseded',
    ]);
  });
});

describe('a browser that stores nothing', () => {
  it('S72 shows metrics, and neither asks for incidents nor minds them', async () => {
    const browser = new Browser();
    browser.world.startStreaming();
    const ledger = giveLedger(browser, ['a', 'b']);
    const refuses = () =>
      Promise.reject(Object.assign(new Error('off'), { name: 'SecurityError' }));
    const tab = browser.openTab(new DexieSegmentStore(refuses));
    await browser.live(10_000);
    ledger.save(browser.server.store.epoch, incidentOf(browser, 'c'));
    await browser.live(10_000);
    expect(tab.status?.storage).toEqual({ kind: 'memory-only', why: 'unavailable' });
    expect(tab.status?.connection.kind).toBe('live');
    expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
    expect(browser.server.asked.filter((path) => path.includes('anomalies'))).toEqual([]);
  });
});

describe('a dead handle', () => {
  it('S72 is replaced for incidents and decisions too', async () => {
    const browser = new Browser();
    browser.world.startStreaming();
    const ledger = giveLedger(browser, ['a', 'b']);
    const handles: BurnrateDatabase[] = [];
    browser.openTab(
      new DexieSegmentStore(() => {
        const database = new BurnrateDatabase(browser.disk);
        handles.push(database);
        return openDatabase(database);
      }),
    );
    await browser.live(5_000);
    handles.at(-1)?.close();
    await browser.live(10_000);
    await click(browser, ['a']);
    ledger.save(browser.server.store.epoch, incidentOf(browser, 'c'));
    await browser.live(10_000);
    expect(handles).toHaveLength(2);
    expect(ledger.arrived).toHaveLength(1);
    await expectSame(browser, ledger);
  });
});
