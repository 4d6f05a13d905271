import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { BurnrateDatabase, openDatabase } from '#app/database/database.ts';
import type { StorageAnswer, StorageRequest } from '#app/protocol/messages.ts';
import { Browser } from '#app/testing/browser.ts';
import { cachedLines } from '#app/testing/cache-truth.ts';
import { expectCovered, expectTruth } from '#app/testing/expect-truth.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';
import { syncCompression } from '#app/testing/sync-compression.ts';
import { DexieSegmentStore } from './dexie-segment-store.ts';
import { EvidenceViewer } from './evidence-viewer.ts';
import { exportEvidence, importEvidence } from './evidence.ts';
import { MemorySegmentStore } from './memory-segment-store.ts';

const MINUTE_MS = 60_000;
const RESOLUTIONS = ['5s', '1m', '1h'] as const;

let disks = 0;
const anEvidenceStore = () => {
  const name = `evidence-${disks++}`;
  return new DexieSegmentStore(() => openDatabase(new BurnrateDatabase(name)));
};

/** What the worker of a tab answers to a request of its page. */
async function ask(
  browser: Browser,
  tab: FakeTab,
  request: StorageRequest,
): Promise<StorageAnswer> {
  const before = tab.answers.length;
  tab.send(request);
  await expect
    .poll(async () => {
      await browser.world.advance(10);
      return tab.answers.length;
    })
    .toBe(before + 1);
  const answer = tab.answers.at(-1);
  if (!answer) throw new Error('there was an answer');
  return answer;
}

async function aFilledBrowser() {
  const browser = new Browser();
  const tab = browser.openTab();
  await browser.live(2 * MINUTE_MS);
  return { browser, tab };
}

async function exported(browser: Browser): Promise<Blob> {
  const file = await exportEvidence(browser.store, 1_795_000_000_000);
  if (!file) throw new Error('there is something to export');
  return file;
}

describe('the cache as a file', () => {
  it('S34 holds all that is cached, and gives it back elsewhere', async () => {
    const { browser } = await aFilledBrowser();
    const store = anEvidenceStore();
    const result = await importEvidence(
      store,
      syncCompression,
      await exported(browser),
      'a.burnrate',
    );
    expect(result).toEqual({
      ok: true,
      value: { fileName: 'a.burnrate', exportedAtMs: 1_795_000_000_000 },
    });
    for (const resolution of RESOLUTIONS) {
      expect(await cachedLines(store, resolution)).toEqual(
        await cachedLines(browser.store, resolution),
      );
    }
    expect((await store.load()).source?.label).toBe('a script');
  });

  it('S52 tells elsewhere too what came as it happened, and when the server was not heard', async () => {
    const { browser } = await aFilledBrowser();
    const outage = { fromMs: browser.server.nowMs - 62_000, toMs: browser.server.nowMs - 32_000 };
    await browser.store.saveOutages([outage]);
    const store = anEvidenceStore();
    await importEvidence(store, syncCompression, await exported(browser), 'a.burnrate');
    const { provenance } = await store.load();
    expect(provenance).toEqual((await browser.store.load()).provenance);
    expect(provenance?.live).not.toEqual([]);
    const viewer = browser.world.newTab();
    await new EvidenceViewer(viewer.environment, store).start();
    expect(viewer.look()?.known.outages).toEqual([outage]);
  });

  it('S34 can be looked at without a server, marked as what it is', async () => {
    const { browser, tab } = await aFilledBrowser();
    const store = anEvidenceStore();
    await importEvidence(store, syncCompression, await exported(browser), 'a.burnrate');
    const asked = browser.server.asked.length;
    const viewer = browser.world.newTab();
    await new EvidenceViewer(viewer.environment, store).start();
    expect(viewer.look()?.tokenSeries.tokens).not.toContain(null);
    expect(viewer.frame?.keyFigures.spendUsd.value).toBeGreaterThan(0);
    expect(viewer.status?.evidence).toMatchObject({ fileName: 'a.burnrate' });
    await browser.world.advance(MINUTE_MS);
    viewer.look();
    expect(browser.server.asked.slice(asked).filter((path) => path.includes('history'))).toEqual(
      [],
    );
    expect(tab.status?.evidence).toBeNull();
  });

  it('S35 is refused with a reason when it is not whole, and what is there stays', async () => {
    const { browser } = await aFilledBrowser();
    const store = anEvidenceStore();
    const file = await exported(browser);
    await importEvidence(store, syncCompression, file, 'good');
    const before = await cachedLines(store);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const body = bytes.indexOf(0x0a) + 1;
    const damaged = bytes.slice();
    damaged[body + 40] = (damaged[body + 40] ?? 0) ^ 0xff;
    const header = JSON.parse(new TextDecoder().decode(bytes.slice(0, body))) as object; // as exported
    const withHeader = (change: object) =>
      new Blob([JSON.stringify({ ...header, ...change }), '\n', bytes.slice(body)]);
    const [first, ...others] = (header as { segments: object[] }).segments; // as exported
    const wrong: [string, Blob, RegExp][] = [
      ['empty', new Blob([]), /not an evidence file/],
      ['a picture', new Blob([new Uint8Array(3_000_000)]), /not an evidence file/],
      ['other JSON', new Blob(['{"a":1}\n']), /not an evidence file/],
      ['of a later version', withHeader({ version: 2 }), /version/],
      ['cut short', file.slice(0, file.size - 1), /not complete/],
      ['too long', new Blob([file, 'x']), /not complete/],
      ['damaged', new Blob([damaged]), /damaged/],
      ['with rows of series it does not name', withHeader({ series: [] }), /damaged/],
      ['overlapping', withHeader({ segments: [first, first, ...others] }), /overlap/],
      [
        'of parts of buckets',
        withHeader({ segments: [{ ...first, startMs: 1 }, ...others] }),
        /whole buckets/,
      ],
    ];
    for (const [what, bad, reason] of wrong) {
      const result = await importEvidence(store, syncCompression, bad, 'bad');
      expect(result.ok ? 'accepted' : result.reason, what).toMatch(reason);
    }
    expect(await cachedLines(store)).toEqual(before);
    expect((await store.load()).evidence?.fileName).toBe('good');
  });

  it('S36 is exported and imported by the page, and what the server says is left alone', async () => {
    const { browser, tab } = await aFilledBrowser();
    const out = await ask(browser, tab, { type: 'export-evidence' });
    if (out.type !== 'export-evidence' || !out.result.ok) throw new Error('nothing was exported');
    const before = await cachedLines(browser.store, '1h');
    const back = await ask(browser, tab, {
      type: 'import-evidence',
      file: out.result.value,
      name: 'b',
    });
    expect(back.result).toMatchObject({ ok: true, value: { fileName: 'b' } });
    const bad = await ask(browser, tab, { type: 'import-evidence', file: new Blob(), name: 'c' });
    expect(bad.result).toMatchObject({ ok: false });
    expect(await cachedLines(browser.store, '1h')).toEqual(before);
  });

  it('S36 of an empty cache does not exist', async () => {
    expect(await exportEvidence(new MemorySegmentStore(), 0)).toBeNull();
  });
});

describe('what is on the device', () => {
  it('S37 is told by resolution', async () => {
    const { browser, tab } = await aFilledBrowser();
    const report = await ask(browser, tab, { type: 'report-storage' });
    if (report.type !== 'report-storage' || !report.result.ok) throw new Error('no report');
    const { tiers, mostBytes } = report.result.value;
    expect(tiers.map((one) => one.resolution)).toEqual(RESOLUTIONS);
    const directory = await browser.store.directory();
    const bytes = directory.reduce((sum, one) => sum + one.byteLength, 0);
    expect(tiers.reduce((sum, one) => sum + one.bytes, 0)).toBe(bytes);
    expect(tiers[0]?.coveredMs).toBeGreaterThanOrEqual(60 * MINUTE_MS);
    expect(tiers[2]?.fromMs).toBeLessThan(browser.server.nowMs - 700 * 60 * MINUTE_MS);
    expect(mostBytes).toBe(200_000_000);
  });

  it.each(['the leader', 'a follower'])(
    'S38 is cleared by %s, and filled again from the server',
    async (who) => {
      const { browser, tab } = await aFilledBrowser();
      const follower = browser.openTab();
      await browser.live(10_000);
      browser.server.isUp = false;
      await browser.live(5_000);
      const { result } = await ask(browser, who === 'the leader' ? tab : follower, {
        type: 'clear-cache',
      });
      expect(result).toEqual({ ok: true, value: null });
      expect(await browser.store.directory()).toEqual([]);
      browser.server.isUp = true;
      tab.send({ type: 'retry-now' });
      await browser.live(2 * MINUTE_MS);
      await expectTruth(browser);
      await expectCovered(browser);
      expect(follower.look()?.tokenSeries.tokens).not.toContain(null);
    },
  );
});
