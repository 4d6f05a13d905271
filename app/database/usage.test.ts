import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DexieSegmentStore } from '#app/worker/dexie-segment-store.ts';
import { BurnrateDatabase, openDatabase } from './database.ts';
import { storedUsage, storeUsage } from './usage.ts';

const KNOWN = {
  tag: 'W/"a"',
  heardAtMs: Date.UTC(2026, 10, 21),
  usage: [{ message_id: 1, timestamp: '2026-11-20T09:00:00Z', credits_used: 1 }],
};
let disks = 0;

function aDisk(): string {
  return `usage-${disks++}`;
}

async function open(disk: string): Promise<BurnrateDatabase> {
  const database = await openDatabase(new BurnrateDatabase(disk));
  onTestFinished(() => database.close());
  return database;
}

describe('stored usage', () => {
  it('B27 is replaced whole, or stays when that fails', async () => {
    const database = await open(aDisk());
    await storeUsage(database, KNOWN);
    const unwritable = { ...KNOWN, tag: 'W/"b"', usage: [{ ...KNOWN.usage[0], fail: () => 1 }] };
    await expect(storeUsage(database, unwritable as typeof KNOWN)).rejects.toThrow(); // a function cannot be stored
    expect(await storedUsage(database)).toEqual(KNOWN);
  });

  it('B27 goes when the user clears the cache', async () => {
    const disk = aDisk();
    const database = await open(disk);
    await storeUsage(database, KNOWN);
    await database.meta.put({ key: 'clock-offset', value: 7 });
    await new DexieSegmentStore(() => openDatabase(new BurnrateDatabase(disk))).clear();
    expect(await storedUsage(database)).toBeNull();
    expect(await database.meta.count()).toBe(1);
  });

  it('B36 has room in the database of the build before, of which nothing is lost', async () => {
    const disk = aDisk();
    const before = new Dexie(disk);
    before.version(2).stores({
      series: '[epoch+id]',
      segments: '[epoch+resolution+startMs], [epoch+resolution+startMs+endMs+byteLength]',
      coverage: '[epoch+resolution]',
      stats: '[epoch+window]',
      meta: 'key',
    });
    const series = { epoch: 'a', id: 1, tenantId: 'north', customerId: 'acme', model: 'gpt-4o' };
    const coverage = { epoch: 'a', resolution: '5s', intervals: [] };
    await before.table('series').put(series);
    await before.table('coverage').put(coverage);
    before.close();
    const database = await open(disk);
    expect(await database.series.toArray()).toEqual([series]);
    expect(await database.coverage.toArray()).toEqual([coverage]);
    await storeUsage(database, KNOWN);
    expect(await storedUsage(database)).toEqual(KNOWN);
  });
});
