import 'fake-indexeddb/auto';
import type { DBCore } from 'dexie';
import { describe, expect, it } from 'vitest';
import { BurnrateDatabase } from '#app/database/database.ts';
import { decide } from '#app/database/decisions.ts';
import { dyingStore, type LedgerTransaction } from '#app/testing/dying-store.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';
import { click, expectSame, keptIncidents } from '#app/testing/incidents.ts';
import { aScene, elsewhere, expectSettled, type Scene, told } from '#app/testing/scene.ts';

const SLOW_MS = 300_000;

/** The browser comes back after a crash, and goes on. */
async function comeBack({ browser, tab }: Scene): Promise<void> {
  tab.kill();
  browser.server.onPut = {};
  browser.openTab();
  await browser.live(10_000);
}

describe('a crash between a click and its answer', () => {
  it('S69 before all of it is written down leaves none of it', async () => {
    const scene = await aScene();
    for (const table of ['meta', 'outbox']) {
      const database = new BurnrateDatabase(scene.browser.disk);
      database.use({
        stack: 'dbcore',
        create: (core: DBCore) => ({
          ...core,
          table: (name) => {
            const real = core.table(name);
            const crash = () => Promise.reject(new Error('crashed'));
            return name === table ? { ...real, mutate: crash } : real;
          },
        }),
      });
      const decision = { state: 'dismissed', note: '', who: '' } as const;
      const both = ['a', 'b'].map((incidentId) => ({ incidentId, decision }));
      await expect(decide(database, both, 0)).rejects.toThrow('crashed');
      database.close();
    }
    await comeBack(scene);
    await expectSettled(scene, []);
    await click(scene.browser, ['b']);
    await scene.browser.live(1_000);
    await expectSettled(scene, ['b acknowledged']);
  });

  it('S69 after it is written down, before it is read', async () => {
    const scene = await aScene();
    scene.tab.kill();
    await click(scene.browser, ['a', 'b']);
    await click(scene.browser, ['a'], 'dismissed');
    await comeBack(scene);
    await expectSettled(scene, ['a acknowledged', 'b acknowledged', 'a dismissed']);
  });

  it('S69 after it left, before it arrived', async () => {
    const scene = await aScene();
    const { browser } = scene;
    browser.server.onPut = {
      arriving: () => {
        scene.tab.kill();
        throw new TypeError('connection lost');
      },
    };
    await click(browser, ['a', 'b']);
    await browser.live(1_000);
    expect(told(scene.ledger)).toEqual([]);
    await comeBack(scene);
    await expectSettled(scene, ['a acknowledged', 'b acknowledged']);
  });

  it('S69 after it left, so that it arrives long after those that were made later', async () => {
    const scene = await aScene();
    const { browser } = scene;
    let arrive = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    browser.server.onPut = {
      arriving: () => {
        scene.tab.kill();
        browser.server.onPut = {};
        return held;
      },
    };
    await click(browser, ['a']);
    await click(browser, ['a'], 'dismissed');
    await browser.live(1_000);
    await comeBack(scene);
    await expectSettled(scene, ['a acknowledged', 'a dismissed']);
    arrive();
    await browser.live(5_000);
    await expectSettled(scene, ['a acknowledged', 'a dismissed']);
  });

  it('S69 after the server took it, before it answered', async () => {
    const scene = await aScene();
    const { browser } = scene;
    browser.server.onPut = { taken: () => scene.tab.kill() };
    await click(browser, ['a', 'b']);
    await click(browser, ['a'], 'open');
    await browser.live(1_000);
    expect(told(scene.ledger)).toEqual(['a acknowledged']);
    expect((await keptIncidents(browser.disk)).outbox).toHaveLength(3);
    await comeBack(scene);
    await expectSettled(scene, ['a acknowledged', 'b acknowledged', 'a open']);
  });

  it(
    'S69 after the answer, before and at any step of writing it down',
    async () => {
      let crashes = 0;
      while (await settleAndCrashAt(crashes + 1)) crashes++;
      // Five decisions, each of several steps.
      expect(crashes).toBeGreaterThan(25);
    },
    SLOW_MS,
  );

  it(
    'S69 at any step of taking in what others decided loses no word of it and says it once',
    async () => {
      let crashes = 0;
      while (await takeAndCrashAt(crashes + 1)) crashes++;
      expect(crashes).toBeGreaterThan(15);
    },
    SLOW_MS,
  );
});

/** @returns the tab, in whose worker the store dies at the `nth` operation, and whether it has */
function openDying({ browser }: Scene, kind: LedgerTransaction, nth: number) {
  let tab: FakeTab | null = null;
  const { store, hasDied } = dyingStore(browser.disk, kind, nth, () => tab?.kill());
  tab = browser.openTab(store);
  return { tab, hasDied };
}

/** Done, refused, superseded and repeated decisions in one go. @returns whether it came to the crash */
async function settleAndCrashAt(nth: number): Promise<boolean> {
  const scene = await aScene();
  const { browser } = scene;
  scene.tab.kill();
  await click(browser, ['a', 'gone', 'b']);
  await click(browser, ['a'], 'open');
  await click(browser, ['c'], 'acknowledged');
  browser.server.distort = overruled(scene, 'b');
  const { tab, hasDied } = openDying(scene, 'settling', nth);
  await browser.live(5_000);
  await comeBack({ ...scene, tab });
  const own = ['a acknowledged', 'b acknowledged', 'b dismissed', 'a open', 'c acknowledged'];
  await expectSettled(scene, own);
  await expectSame(browser, scene.ledger);
  const { notices } = await keptIncidents(browser.disk);
  expect(notices.map(({ incidentId, what }) => `${incidentId} ${what.kind}`)).toEqual([
    'gone refused',
    'b superseded',
  ]);
  return hasDied();
}

/** Somebody else decides about an incident right after the user, and before the user's answer is made. */
function overruled(scene: Scene, id: string) {
  return async (reply: Response, path: string) => {
    if (!path.endsWith(`/${id}/ack`)) return reply;
    if (!told(scene.ledger).includes(`${id} dismissed`)) elsewhere(scene, id, 'dismissed');
    const { ack } = (await reply.json()) as { ack: unknown }; // our own scripted reply
    return Response.json({ ack, current: scene.ledger.current(id) }, { headers: reply.headers });
  };
}

/** @returns whether it came to the crash */
async function takeAndCrashAt(nth: number): Promise<boolean> {
  const scene = await aScene();
  const { browser, ledger } = scene;
  await click(browser, ['a', 'b', 'c']);
  await browser.live(1_000);
  scene.tab.kill();
  elsewhere(scene, 'a', 'dismissed');
  elsewhere(scene, 'b', 'acknowledged');
  elsewhere(scene, 'c', 'open');
  const { tab, hasDied } = openDying(scene, 'taking', nth);
  await browser.live(5_000);
  await comeBack({ ...scene, tab });
  await expectSame(browser, ledger);
  const { notices } = await keptIncidents(browser.disk);
  expect(notices.map((one) => one.incidentId)).toEqual(['a', 'c']);
  return hasDied();
}
