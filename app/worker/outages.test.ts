import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import { coverageParts } from '#core/time/coverage-parts.ts';
import { Browser } from '#app/testing/browser.ts';
import { expectTruth } from '#app/testing/expect-truth.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

function aStreamingBrowser(): Browser {
  const browser = new Browser();
  browser.world.startStreaming();
  return browser;
}

function goDown(browser: Browser): void {
  browser.server.isUp = false;
  browser.server.cutStreams();
}

/** Comes back, is asked again at the latest after the longest wait, and fills what is missing. */
async function comeBack(browser: Browser, tab: FakeTab): Promise<void> {
  browser.server.isUp = true;
  tab.send({ type: 'retry-now' });
  await browser.live(30 * SECOND_MS);
}

/** What a frame says of the time since the test began, in seconds of it. */
function partsOf(tab: FakeTab, fromMs: number, toMs: number): string[] {
  const frame = tab.look();
  if (!frame) throw new Error('there is a frame');
  const seconds = (ms: number) => (ms - fromMs) / SECOND_MS;
  return coverageParts(frame.known, { fromMs, toMs }, '5s').map(
    (part) => `${seconds(part.fromMs)}-${seconds(part.toMs)} ${part.state} ${part.isHere}`,
  );
}

const storedOutages = async (browser: Browser) =>
  (await browser.store.load()).provenance?.outages ?? [];

/** In whole buckets: the screen moves by them. */
const START_MS = Date.UTC(2026, 10, 21, 9, 0, 0);

describe('what came as it happened', () => {
  it('S49 is told from what was fetched, also after a restart, and by a tab that follows', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    const follower = browser.openTab();
    await browser.live(60 * SECOND_MS);
    const told = (of: FakeTab) =>
      partsOf(of, START_MS - 5 * MINUTE_MS, START_MS + 55 * SECOND_MS).join(', ');
    // What is asked for begins 10 s before the first question.
    const expected = '0-295 back-filled true, 295-355 complete true';
    expect(told(tab)).toBe(expected);
    expect(told(follower)).toBe(expected);
    tab.kill();
    follower.kill();
    goDown(browser);
    const next = browser.openTab();
    await browser.live(SECOND_MS);
    expect(told(next)).toBe(expected);
  });
});

describe('an outage', () => {
  it.each([40, 600])(
    'S50 of %i s is kept from the last word of the server to the next, and stays visible',
    async (downS) => {
      const browser = aStreamingBrowser();
      const tab = browser.openTab();
      await browser.live(28 * SECOND_MS);
      goDown(browser);
      await browser.live(downS * SECOND_MS);
      await comeBack(browser, tab);
      // Down at 30; the last 10 s before the next reply come with it, as raw updates.
      const upAgain = 30 + downS;
      const parts = partsOf(tab, START_MS, START_MS + (upAgain + 15) * SECOND_MS);
      expect(parts).toEqual([
        '0-30 complete true',
        `30-${upAgain - 10} outage true`,
        `${upAgain - 10}-${upAgain + 15} complete true`,
      ]);
      expect(await storedOutages(browser)).toEqual([
        { fromMs: START_MS + 30 * SECOND_MS, toMs: START_MS + upAgain * SECOND_MS },
      ]);
      await expectTruth(browser);
    },
  );

  it('S50 that goes on is kept while it does, so that closing the page costs seconds of it', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(28 * SECOND_MS);
    goDown(browser);
    await browser.live(10 * MINUTE_MS);
    tab.kill();
    const [outage] = await storedOutages(browser);
    const toMs = START_MS + 30 * SECOND_MS + 10 * MINUTE_MS;
    expect(outage?.toMs).toBeGreaterThan(toMs - 40 * SECOND_MS);
    expect(outage?.toMs).toBeLessThanOrEqual(toMs + 5 * SECOND_MS);
  });

  it('S50 that a full disk does not take waits for the next commit, and costs nothing else', async () => {
    const browser = aStreamingBrowser();
    const { store } = browser;
    store.saveOutages = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    const tab = browser.openTab(store);
    await browser.live(28 * SECOND_MS);
    goDown(browser);
    await browser.live(2 * MINUTE_MS);
    expect(tab.status?.storage).toEqual({ kind: 'writer' });
    expect(await storedOutages(browser)).toEqual([]);
    await comeBack(browser, tab);
    const [outage] = await storedOutages(browser);
    expect((outage?.toMs ?? 0) - (outage?.fromMs ?? 0)).toBe(2 * MINUTE_MS);
  });

  it('S50 is not: a pause', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(28 * SECOND_MS);
    tab.send({ type: 'settings', settings: { ...DEFAULT_LIVE_SETTINGS, isPaused: true } });
    await browser.live(SECOND_MS);
    goDown(browser);
    await browser.live(5 * MINUTE_MS);
    browser.server.isUp = true;
    tab.send({ type: 'settings', settings: DEFAULT_LIVE_SETTINGS });
    await browser.live(30 * SECOND_MS);
    expect(await storedOutages(browser)).toEqual([]);
    expect(partsOf(tab, START_MS + MINUTE_MS, START_MS + 4 * MINUTE_MS)).toEqual([
      '0-180 back-filled true',
    ]);
  });

  it('S50 is not: a hidden page; but a server that is dead when it is shown again is one', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(28 * SECOND_MS);
    tab.send({ type: 'visibility', isVisible: false });
    await browser.live(6 * SECOND_MS);
    expect(tab.status?.connection).toEqual({ kind: 'paused', by: 'hidden' });
    goDown(browser);
    await browser.live(5 * MINUTE_MS);
    tab.send({ type: 'visibility', isVisible: true });
    await browser.live(MINUTE_MS);
    await comeBack(browser, tab);
    const [outage, ...others] = await storedOutages(browser);
    expect(others).toEqual([]);
    const shownMs = START_MS + 36 * SECOND_MS + 5 * MINUTE_MS;
    expect(Math.abs((outage?.fromMs ?? 0) - shownMs)).toBeLessThan(10 * SECOND_MS);
    expect(Math.abs((outage?.toMs ?? 0) - shownMs - MINUTE_MS)).toBeLessThan(10 * SECOND_MS);
  });

  it('S50 is not: a device asleep, even when the server died before', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(28 * SECOND_MS);
    goDown(browser);
    await browser.live(20 * SECOND_MS);
    browser.world.wallOffsetMs += 60 * MINUTE_MS;
    browser.server.nowMs += 60 * MINUTE_MS;
    await browser.live(20 * SECOND_MS);
    await comeBack(browser, tab);
    const outages = await storedOutages(browser);
    const lengthMs = outages.reduce((sum, one) => sum + one.toMs - one.fromMs, 0);
    expect(outages).toHaveLength(2);
    expect(lengthMs).toBeGreaterThan(30 * SECOND_MS);
    expect(lengthMs).toBeLessThan(70 * SECOND_MS);
  });

  it('S50 is not: a closed page', async () => {
    const browser = aStreamingBrowser();
    browser.openTab().kill();
    const tab = browser.openTab();
    await browser.live(28 * SECOND_MS);
    tab.kill();
    goDown(browser);
    await browser.live(5 * MINUTE_MS);
    browser.server.isUp = true;
    const next = browser.openTab();
    await browser.live(30 * SECOND_MS);
    expect(await storedOutages(browser)).toEqual([]);
    expect(partsOf(next, START_MS + MINUTE_MS, START_MS + 2 * MINUTE_MS)).toEqual([
      '0-60 back-filled true',
    ]);
  });

  it('S50 is not: a stream that ends and is had again at once', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(28 * SECOND_MS);
    browser.server.cutStreams();
    tab.send({ type: 'retry-now' });
    await browser.live(20 * SECOND_MS);
    expect(await storedOutages(browser)).toEqual([]);
  });
});

describe('frames', () => {
  it('V38 say what is known, and are not more for it: one per bucket once all is fetched', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(60 * SECOND_MS);
    expect(tab.status?.catchUp).toBeNull();
    const before = tab.look()?.number ?? 0;
    for (let second = 0; second < 5 * 60; second++) {
      await browser.live(SECOND_MS);
      tab.look();
    }
    // One a minute is for what is expected of the next.
    const frames = (tab.frame?.number ?? 0) - before;
    expect(frames).toBeGreaterThanOrEqual(60);
    expect(frames).toBeLessThanOrEqual(60 + 5);
    const { known } = tab.frame ?? {};
    const hourAgo = browser.server.nowMs - 60 * MINUTE_MS;
    expect(known?.coverage['5s'].at(0)?.fromMs).toBeLessThanOrEqual(hourAgo);
    expect(known?.coverage['1h']).not.toEqual([]);
  });
});
