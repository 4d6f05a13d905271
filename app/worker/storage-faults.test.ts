import 'fake-indexeddb/auto';
import { Dexie, type DBCore, type DBCoreTable } from 'dexie';
import { describe, expect, it } from 'vitest';
import { BurnrateDatabase, openDatabase } from '#app/database/database.ts';
import { storageFailureOf } from '#app/database/storage-failure.ts';
import { Browser } from '#app/testing/browser.ts';
import { cachedLines } from '#app/testing/cache-truth.ts';
import { expectCovered, expectTruth } from '#app/testing/expect-truth.ts';
import { DexieSegmentStore } from './dexie-segment-store.ts';

const MINUTE_MS = 60_000;

/** A disk that throws at each write for which `error` says so. */
function storeWith(disk: string, error: (table: string) => Error | null): DexieSegmentStore {
  const guarded = (table: DBCoreTable): DBCoreTable => ({
    ...table,
    mutate: (request) => {
      const wrong = request.type === 'delete' ? null : error(table.name);
      return wrong ? Promise.reject(wrong) : table.mutate(request);
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

const named = (name: string) => Object.assign(new Error(name), { name });

describe('a full disk', () => {
  it('S26 is given room by letting go of what is oldest and finest, and stays the disk', async () => {
    const browser = new Browser();
    let isFull = false;
    let refused = 0;
    const store = storeWith(browser.disk, (table) => {
      if (!isFull || table !== 'segments') return null;
      refused++;
      isFull = false;
      return named('QuotaExceededError');
    });
    const tab = browser.openTab(store);
    await browser.live(25 * MINUTE_MS);
    const before = await cachedLines(browser.store);
    isFull = true;
    await browser.live(20_000);
    expect(refused).toBe(1);
    expect(tab.status?.storage).toEqual({ kind: 'writer' });
    const after = await cachedLines(browser.store);
    expect(after.coverage[0]?.fromMs).toBeGreaterThan(before.coverage[0]?.fromMs ?? 0);
    expect(after.coverage.at(-1)?.toMs).toBeGreaterThan(before.coverage.at(-1)?.toMs ?? 0);
    await expectTruth(browser);
    // What there is no room for is not asked for again.
    const asked = browser.server.asked.length;
    await browser.live(2 * MINUTE_MS);
    const again = browser.server.asked.slice(asked).filter((path) => path.includes('history'));
    expect(again).toEqual([]);
  });

  it('S26 takes nothing but deletions while room is made, and loses no coverage by it', async () => {
    const browser = new Browser();
    let isFull = false;
    let refused = 0;
    // As browsers do it: any transaction that writes is refused, until something was deleted.
    const store = storeWith(browser.disk, () => {
      if (!isFull) return null;
      refused++;
      return named('QuotaExceededError');
    });
    const tab = browser.openTab(store);
    await browser.live(25 * MINUTE_MS);
    isFull = true;
    await browser.live(5_000);
    isFull = false;
    expect(refused).toBeGreaterThan(1);
    tab.kill();
    browser.openTab();
    await browser.live(MINUTE_MS);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('S26 in the leader lets another tab try, and each shows live numbers', async () => {
    const browser = new Browser();
    let isFull = false;
    const store = storeWith(browser.disk, (table) =>
      isFull && table === 'segments' ? named('QuotaExceededError') : null,
    );
    const leader = browser.openTab(store);
    const follower = browser.openTab();
    await browser.live(20_000);
    expect(follower.status?.storage).toEqual({ kind: 'reader' });
    isFull = true;
    await browser.live(30_000);
    expect(leader.status?.storage).toEqual({ kind: 'memory-only', why: 'full' });
    expect(follower.status?.storage).toEqual({ kind: 'writer' });
    const nowMs = browser.server.nowMs;
    expect(leader.look()?.asOfMs).toBeGreaterThan(nowMs - 10_000);
    expect(follower.look()?.asOfMs).toBeGreaterThan(nowMs - 10_000);
    await expectTruth(browser);
  });

  it('S26 that stays full leaves memory, with what was there, and says so', async () => {
    const browser = new Browser();
    let isFull = false;
    const store = storeWith(browser.disk, (table) =>
      isFull && table === 'segments' ? named('QuotaExceededError') : null,
    );
    const tab = browser.openTab(store);
    await browser.live(20_000);
    isFull = true;
    const before = browser.server.asked.length;
    await browser.live(20_000);
    expect(tab.status?.storage).toEqual({ kind: 'memory-only', why: 'full' });
    expect(tab.status?.connection.kind).toBe('live');
    // It goes on from what is on the disk.
    const asked = browser.server.asked.slice(before).filter((path) => !path.includes('history'));
    expect(asked.filter((path) => /(metrics|stream)\?(?!since)/.test(path))).toEqual([]);
    const asOfMs = tab.look()?.asOfMs ?? 0;
    await browser.live(20_000);
    expect(tab.look()?.asOfMs).toBeGreaterThan(asOfMs);
  });
});

describe('a dead handle', () => {
  it('S27 is replaced, and nothing is lost', async () => {
    const browser = new Browser();
    const handles: BurnrateDatabase[] = [];
    const store = new DexieSegmentStore(() => {
      const database = new BurnrateDatabase(browser.disk);
      handles.push(database);
      return openDatabase(database);
    });
    const tab = browser.openTab(store);
    await browser.live(20_000);
    handles.at(-1)?.close();
    await browser.live(MINUTE_MS);
    expect(handles).toHaveLength(2);
    expect(tab.status?.storage).toEqual({ kind: 'writer' });
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('S27 that dies again and again is given up after three new ones, and memory goes on', async () => {
    const browser = new Browser();
    let opened = 0;
    const store = new DexieSegmentStore(() => {
      opened++;
      return Promise.reject(named('InvalidStateError'));
    });
    const tab = browser.openTab(store);
    await browser.live(20_000);
    expect(opened).toBe(4);
    expect(tab.status?.storage).toEqual({ kind: 'memory-only', why: 'closed' });
    expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
  });
});

/** A database as a build of the future would have it. */
async function openFuture(disk: string): Promise<Dexie> {
  const future = new Dexie(disk);
  future.version(99).stores({
    series: '[epoch+id]',
    segments: '[epoch+resolution+startMs], [epoch+resolution+startMs+endMs+byteLength]',
    coverage: '[epoch+resolution]',
    stats: '[epoch+window]',
    meta: 'key',
    wonders: 'id',
  });
  return future.open();
}

describe('a database of another build', () => {
  it('S28 that is newer is not written to, and the page says so', async () => {
    const browser = new Browser();
    (await openFuture(browser.disk)).close();
    const tab = browser.openTab();
    await browser.live(20_000);
    expect(tab.status?.storage).toEqual({ kind: 'memory-only', why: 'newer' });
    expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
    const future = await openFuture(browser.disk);
    expect(await future.table('meta').count()).toBe(0);
  });

  it('S28 that upgrades is let through at once, and the older tab stops writing', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(20_000);
    const future = await openFuture(browser.disk);
    const count = await future.table('meta').count();
    const cursor = await future.table('meta').get('cursor');
    await browser.live(20_000);
    expect(tab.status?.storage).toEqual({ kind: 'memory-only', why: 'newer' });
    expect(await future.table('meta').count()).toBe(count);
    expect(await future.table('meta').get('cursor')).toEqual(cursor);
  });

  it('S41 that is newer is read, so that without a server the screen is as full as it was', async () => {
    const browser = new Browser();
    const first = browser.openTab();
    await browser.live(30_000);
    const before = first.look();
    first.kill();
    browser.server.isUp = false;
    (await openFuture(browser.disk)).close();
    const tab = browser.openTab();
    await browser.live(5_000);
    expect(tab.status?.storage).toEqual({ kind: 'memory-only', why: 'newer' });
    expect(tab.look()?.asOfMs).toBeGreaterThanOrEqual(before?.asOfMs ?? Infinity);
    expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
    const asked = browser.server.asked.length;
    browser.server.isUp = true;
    await browser.live(MINUTE_MS);
    // It goes on from there: what was read is not asked for again.
    expect(browser.server.asked[asked]).toMatch(/since=\d+/);
    expect(tab.look()?.asOfMs).toBeGreaterThan(before?.asOfMs ?? Infinity);
  });

  it('S29 that is older and held open by a frozen tab blocks nothing', async () => {
    const browser = new Browser();
    const older = new Dexie(browser.disk);
    older.version(1).stores({ meta: 'key' });
    older.on('versionchange', () => false);
    await older.open();
    const tab = browser.openTab();
    await browser.live(20_000);
    expect(tab.status?.storage).toEqual({ kind: 'memory-only', why: 'blocked' });
    expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
    older.close();
  });
});

describe('a damaged segment', () => {
  it.each(['5s', '1m'] as const)(
    'S30 of %s is dropped with its coverage, and fetched again',
    async (resolution) => {
      const browser = new Browser();
      const tab = browser.openTab();
      await browser.live(2 * MINUTE_MS);
      tab.kill();
      const database = await openDatabase(new BurnrateDatabase(browser.disk));
      // The newest hour of minutes is read when the hour closes; the newest of 5 s at the start.
      const damaged = await database.segments.filter((one) => one.resolution === resolution).last();
      if (!damaged) throw new Error('there are segments');
      const bytes = damaged.bytes.slice();
      bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
      await database.segments.put({ ...damaged, bytes });
      browser.openTab();
      await browser.live(62 * MINUTE_MS);
      await expectTruth(browser);
      await expectCovered(browser);
    },
  );
});

describe('an error of the storage', () => {
  it.each([
    [named('QuotaExceededError'), 'full'],
    [Object.assign(named('AbortError'), { inner: named('QuotaExceededError') }), 'full'],
    [
      Object.assign(named('DatabaseClosedError'), { inner: named('MissingAPIError') }),
      'unavailable',
    ],
    [named('SecurityError'), 'unavailable'],
    [named('DatabaseClosedError'), 'closed'],
    [named('UnknownError'), 'closed'],
    [named('ConstraintError'), 'broken'],
    ['not even an error', 'broken'],
  ])('S31 %s is classed as %s', (error, failure) => {
    expect(storageFailureOf(error)).toBe(failure);
  });

  it('S31 of a browser without IndexedDB is told as such', async () => {
    const without = new Dexie('nothing', { indexedDB: undefined as unknown as IDBFactory }); // as private modes have it
    const error = await without.open().catch((reason: unknown) => reason);
    expect(storageFailureOf(error)).toBe('unavailable');
  });
});
