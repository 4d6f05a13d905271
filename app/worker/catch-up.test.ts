import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import { bytesOf } from '#core/rollup/retention.ts';
import type { SegmentInfo } from '#core/rollup/segment.ts';
import { addInterval, clipTo, isCovered } from '#core/time/intervals.ts';
import { type Coverage, NO_COVERAGE, withIntervals } from '#core/time/coverage.ts';
import type { Resolution } from '#core/time/resolution.ts';
import { Browser } from '#app/testing/browser.ts';
import { cachedLines } from '#app/testing/cache-truth.ts';
import { expectCovered, expectTruth } from '#app/testing/expect-truth.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What was asked of history, in order. */
function questions(browser: Browser, since = 0) {
  return browser.server.asked
    .slice(since)
    .filter((path) => path.includes('/history'))
    .map((path) => {
      const { searchParams } = new URL(path, 'http://localhost');
      const resolution = searchParams.get('resolution') as Resolution; // as the worker asked
      return {
        resolution,
        fromMs: Number(searchParams.get('from')),
        toMs: Number(searchParams.get('to')),
      };
    });
}

function expectAskedOnce(asked: ReturnType<typeof questions>): void {
  let coverage: Coverage = NO_COVERAGE;
  for (const one of asked) {
    expect(clipTo(coverage[one.resolution], one)).toEqual([]);
    const intervals = addInterval(coverage[one.resolution], one);
    coverage = withIntervals(coverage, one.resolution, intervals);
  }
}

describe('catching up', () => {
  it('H6 on the first visit fills an hour at 5 s, a day at 1 min and 30 days at 1 h, each asked for once', async () => {
    const browser = new Browser();
    browser.openTab();
    await browser.live(90_000);
    await expectTruth(browser);
    await expectCovered(browser);
    const asked = questions(browser);
    expectAskedOnce(asked);
    // What can be added up from what is there is not asked for.
    const hours = asked.filter((one) => one.resolution === '1h');
    expect(Math.max(...hours.map((one) => one.toMs))).toBeLessThan(
      browser.server.nowMs - 22 * HOUR_MS,
    );
    const minutes = asked.filter((one) => one.resolution === '1m');
    expect(Math.max(...minutes.map((one) => one.toMs))).toBeLessThan(
      browser.server.nowMs - 55 * MINUTE_MS,
    );
  });

  it('H6 goes on after a restart where it was, and asks for nothing twice', async () => {
    const browser = new Browser();
    for (let turn = 0; turn < 6; turn++) {
      const tab = browser.openTab();
      await browser.live(1_500);
      tab.kill();
    }
    browser.openTab();
    await browser.live(90_000);
    await expectCovered(browser);
    const asked = questions(browser);
    // A question that was under way when the tab was killed is the one that may be asked again.
    const repeated = asked.filter((one, i) =>
      asked
        .slice(0, i)
        .some((other) => other.resolution === one.resolution && isCovered([other], one)),
    );
    expect(repeated.length).toBeLessThanOrEqual(6);
    await expectTruth(browser);
  });

  it.each([8, 24, 72])(
    'H7 after %i h away asks only for what is missing, newest first',
    async (hours) => {
      const browser = new Browser();
      const tab = browser.openTab();
      await browser.live(2 * MINUTE_MS);
      tab.kill();
      await browser.live(hours * HOUR_MS);
      const before = browser.server.asked.length;
      browser.openTab();
      await browser.live(2 * MINUTE_MS);
      await expectTruth(browser);
      await expectCovered(browser);
      const asked = questions(browser, before);
      expectAskedOnce(asked);
      const awayMs = browser.server.nowMs - hours * HOUR_MS - 4 * MINUTE_MS;
      for (const one of asked.filter(({ resolution }) => resolution !== '5s')) {
        expect(one.toMs).toBeGreaterThan(awayMs - HOUR_MS);
      }
      const fives = asked.filter((one) => one.resolution === '5s').map((one) => one.toMs);
      expect(fives).toEqual(fives.toSorted((a, b) => b - a));
    },
  );

  it('H8 tells how far it is, and ends', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(30_000);
    expect(tab.status?.catchUp).toBeNull();
    expect(tab.progress.length).toBeGreaterThan(3);
    expect(tab.progress).toEqual(tab.progress.toSorted((a, b) => a - b));
    expect(tab.progress.at(-1)).toBeGreaterThan(0.5);
  });

  it('H9 is cancelled and resumed from any tab; what the screen needs comes all the same', async () => {
    const browser = new Browser();
    const leader = browser.openTab();
    const follower = browser.openTab();
    browser.server.isUp = false;
    await browser.live(3_000);
    follower.send({ type: 'catch-up', isWanted: false });
    browser.server.isUp = true;
    leader.send({ type: 'retry-now' });
    await browser.live(20_000);
    expect(leader.status?.catchUp).toMatchObject({ isCancelled: true });
    expect(follower.status?.catchUp).toMatchObject({ isCancelled: true });
    expect(leader.look()?.tokenSeries.tokens).not.toContain(null);
    const asked = questions(browser);
    expect(Math.min(...asked.map((one) => one.fromMs))).toBeGreaterThan(
      browser.server.nowMs - 12 * MINUTE_MS,
    );
    follower.send({ type: 'catch-up', isWanted: true });
    await browser.live(60_000);
    expect(leader.status?.catchUp).toBeNull();
    await expectCovered(browser);
  });
});

/** Bytes on disk, of all and of 5 s. */
async function stored(browser: Browser): Promise<{ all: number; fives: number }> {
  const directory = await browser.store.directory();
  return { all: bytesOf(directory), fives: bytesOf(directory.filter(isFive)) };
}

const isFive = (one: SegmentInfo) => one.resolution === '5s';

describe('room for metrics', () => {
  it('S32 is what the user gives: less lets go of the finest first, more is filled again', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(40 * MINUTE_MS);
    const hours = await cachedLines(browser.store, '1h');
    const { all, fives } = await stored(browser);
    const choose = (cacheBytes: number) =>
      tab.send({ type: 'settings', settings: { ...DEFAULT_LIVE_SETTINGS, cacheBytes } });
    const limit = all - Math.floor(fives / 2);
    choose(limit);
    await browser.live(2 * MINUTE_MS);
    expect((await stored(browser)).all).toBeLessThanOrEqual(limit);
    expect((await cachedLines(browser.store, '1h')).coverage).toEqual(hours.coverage);
    await expectTruth(browser);
    const asked = browser.server.asked.length;
    await browser.live(5 * MINUTE_MS);
    expect(questions(browser, asked)).toEqual([]);
    choose(200_000_000);
    await browser.live(2 * MINUTE_MS);
    await expectCovered(browser);
    await expectTruth(browser);
  });

  it('S32 is never over half of what the browser gives', async () => {
    const browser = new Browser();
    browser.openTab();
    await browser.live(40 * MINUTE_MS);
    const { all, fives } = await stored(browser);
    const limit = all - Math.floor(fives / 2);
    browser.world.storageQuota = 2 * limit;
    await browser.live(2 * MINUTE_MS);
    expect((await stored(browser)).all).toBeLessThanOrEqual(limit);
    await expectTruth(browser);
  });

  it('S33 is not wasted by many short visits: small segments become one', async () => {
    const browser = new Browser();
    for (let visit = 0; visit < 12; visit++) {
      const tab = browser.openTab();
      await browser.live(30_000);
      tab.kill();
    }
    const visitedMs = browser.server.nowMs;
    const ofVisits = async () =>
      (await browser.store.directory()).filter((one) => isFive(one) && one.startMs < visitedMs);
    const before = await ofVisits();
    browser.openTab();
    await browser.live(30 * MINUTE_MS);
    const after = await ofVisits();
    expect(before.length).toBeGreaterThan(12);
    expect(after.length).toBeLessThan(before.length / 2);
    await expectTruth(browser);
    await expectCovered(browser);
  });
});
