import 'fake-indexeddb/auto';
import type { DBCore, DBCoreTable } from 'dexie';
import { describe, expect, it } from 'vitest';
import { BurnrateDatabase, openDatabase } from '#app/database/database.ts';
import { Browser } from '#app/testing/browser.ts';
import { expectTruth } from '#app/testing/expect-truth.ts';
import { cachedLines } from '#app/testing/cache-truth.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';
import { ACME } from '#app/testing/scripted-server.ts';
import { DexieSegmentStore } from './dexie-segment-store.ts';

const SECOND_MS = 1_000;
/** These live through hours; how long that takes is the machine's business. */
const SLOW_MS = 120_000;

/** A store whose disk breaks at its `nth` write, in the middle of whatever transaction that is. */
function storeFailingAt(
  disk: string,
  nth: number,
): { store: DexieSegmentStore; hasFailed: () => boolean } {
  const database = new BurnrateDatabase(disk);
  let writes = 0;
  const failing = (table: DBCoreTable): DBCoreTable => ({
    ...table,
    mutate: (request) =>
      ++writes === nth ? Promise.reject(new Error('the disk broke')) : table.mutate(request),
  });
  database.use({
    stack: 'dbcore',
    create: (core: DBCore) => ({ ...core, table: (name) => failing(core.table(name)) }),
  });
  return {
    store: new DexieSegmentStore(() => openDatabase(database)),
    hasFailed: () => writes >= nth,
  };
}

describe('a crash', () => {
  it(
    'S12 at any write of any transaction leaves the truth, and the next tab completes it',
    async () => {
      const failedAt: number[] = [];
      for (let nth = 1; nth < 40; nth++) {
        const browser = new Browser();
        const { store, hasFailed } = storeFailingAt(browser.disk, nth);
        const tab = browser.openTab(store);
        await browser.live(12 * SECOND_MS);
        if (hasFailed()) failedAt.push(nth);
        await expectTruth(browser);
        tab.kill();
        browser.openTab();
        await browser.live(10 * SECOND_MS);
        await expectTruth(browser);
        const { coverage } = await cachedLines(browser.store);
        expect(coverage, `write ${nth}`).toHaveLength(1);
      }
      // The writes of the takeover, the first live commit and the first history pieces were all hit.
      expect(failedAt.length).toBeGreaterThan(20);
    },
    SLOW_MS,
  );

  it.each([1, 2, 3, 4, 5, 6])(
    'S13 at any moment of a random life (seed %i) loses nothing and doubles nothing',
    (seed) => liveThrough(seed, true),
    SLOW_MS,
  );

  it.each([11, 12, 13, 14])(
    'S14 of the locks, so that tabs write at once (seed %i), ends equal to the truth',
    (seed) => liveThrough(seed, false),
    SLOW_MS,
  );
});

/** Forty random events in the life of a browser and its server, then calm; the cache is checked throughout. */
async function liveThrough(seed: number, hasLocks: boolean): Promise<void> {
  const browser = new Browser(undefined, seed);
  browser.world.hasLocks = hasLocks;
  let tabs: FakeTab[] = [browser.openTab(), browser.openTab()];
  const pick = (count: number) => Math.floor(browser.world.random() * count);
  const events: (() => void | Promise<void>)[] = [
    () => tabs.splice(pick(tabs.length), 1)[0]?.kill(),
    () => void tabs.push(browser.openTab()),
    async () => {
      // Killed in the middle of whatever it does first.
      const tab = browser.openTab();
      for (let turn = pick(80); turn > 0; turn--) await nextTurn();
      tab.kill();
    },
    () => void (browser.server.isUp = !browser.server.isUp),
    () => void (browser.server.pageRows = [null, 5, 40][pick(3)] ?? null),
    () => browser.live(pick(3) === 0 ? 17 * 60 * SECOND_MS : 7 * SECOND_MS),
    () => {
      const atMs = Math.floor(browser.server.nowMs / 5_000) * 5_000 - 5_000 * (1 + pick(200));
      const tokens = 100 + pick(900);
      browser.server.store.revise(atMs, ACME, {
        calls: 1,
        tokens,
        costMicroUsd: 5,
        latencyMsSum: 9,
      });
    },
  ];
  for (let step = 0; step < 40; step++) {
    await events[pick(events.length)]?.();
    await browser.live(pick(6_000));
  }
  browser.server.isUp = true;
  browser.server.pageRows = null;
  for (const tab of tabs) tab.kill();
  tabs = [browser.openTab(), browser.openTab()];
  await browser.live(120 * SECOND_MS);
  await expectTruth(browser);
  const { coverage } = await cachedLines(browser.store);
  const last = coverage.at(-1);
  expect((last?.toMs ?? 0) - (last?.fromMs ?? 0), `seed ${seed}`).toBeGreaterThanOrEqual(3_500_000);
  expect(last?.toMs).toBeGreaterThan(browser.server.nowMs - 10_000);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
