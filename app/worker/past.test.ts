import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '#core/view/filter.ts';
import { Browser } from '#app/testing/browser.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';
import { expectTruth } from '#app/testing/expect-truth.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const look = (tab: FakeTab, spanMs: number, endMs: number | null = null) =>
  tab.look(NO_FILTER, { spanMs, endMs });

/** Asks as a page does, until what was asked for is there. */
async function lookUntilThere(
  browser: Browser,
  tab: FakeTab,
  spanMs: number,
  endMs: number | null = null,
) {
  for (let asked = 0; asked < 30; asked++) {
    const frame = look(tab, spanMs, endMs);
    if (frame?.range.spanMs === spanMs && frame.range.endMs === endMs) return frame;
    await browser.live(1_000);
  }
  throw new Error('it was never there');
}

const costOf = (frame: { costByModel: readonly { costUsd: number }[] }) =>
  frame.costByModel.reduce((sum, { costUsd }) => sum + costUsd, 0);

/** What the server has of a span, US dollars. */
function truthOf(browser: Browser, fromMs: number, toMs: number): number {
  const { costMicroUsd } = browser.server.store.rollups(fromMs, toMs, '5s');
  return costMicroUsd.reduce((sum, cost) => sum + cost, 0) / 1e6;
}

describe('windows that are not in memory', () => {
  it.each([HOUR_MS, DAY_MS])(
    'N4 of %i ms add up to what the server has, and move on',
    async (spanMs) => {
      const browser = new Browser();
      const tab = browser.openTab();
      await browser.live(40_000);
      const frame = await lookUntilThere(browser, tab, spanMs);
      const { fromMs, resolutionMs, tokens } = frame.tokenSeries;
      expect(tokens.length * resolutionMs).toBe(spanMs);
      expect(costOf(frame)).toBeCloseTo(truthOf(browser, fromMs, fromMs + spanMs), 5);
      expect(costOf(frame)).toBeGreaterThan(0);
      await browser.live(2 * resolutionMs);
      look(tab, spanMs);
      await browser.live(2_000);
      const later = look(tab, spanMs);
      expect(later?.tokenSeries.fromMs).toBeGreaterThan(fromMs);
    },
  );

  it('V36 tell the days of the zone that is asked for, and of another at once', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(40_000);
    const frame = await lookUntilThere(browser, tab, 7 * DAY_MS);
    const spent = (one: typeof frame) =>
      (one.days?.uses ?? []).reduce((sum, day) => sum + day.costMicroUsd, 0) / 1e6;
    expect(frame.days?.zone).toBe('UTC');
    expect(spent(frame)).toBe(frame.keyFigures.spendUsd.value);
    const range = { spanMs: 7 * DAY_MS, endMs: null };
    const theirs = tab.look(NO_FILTER, range, 'America/New_York');
    expect(theirs?.days?.zone).toBe('America/New_York');
    expect(theirs?.number).toBe(frame.number + 1);
    expect(theirs?.days?.uses[1]?.fromMs).not.toBe(frame.days?.uses[1]?.fromMs);
    expect(spent(theirs ?? frame)).toBe(frame.keyFigures.spendUsd.value);
  });

  it('N4 are there without a server, after a restart', async () => {
    const browser = new Browser();
    const first = browser.openTab();
    await browser.live(40_000);
    const before = await lookUntilThere(browser, first, HOUR_MS);
    first.kill();
    browser.server.isUp = false;
    const tab = browser.openTab();
    const frame = await lookUntilThere(browser, tab, HOUR_MS);
    expect(frame.coveredMs).toBe(HOUR_MS);
    expect(frame.tokenSeries.fromMs).toBeGreaterThanOrEqual(before.tokenSeries.fromMs);
    // And the short one again, as full as it was.
    expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
    expect(tab.look()?.range.spanMs).toBe(300_000);
  });

  it('N5 that end in the past stay, and are fetched where they are not cached', async () => {
    const browser = new Browser();
    const endMs = Math.floor(browser.server.nowMs / MINUTE_MS) * MINUTE_MS - 3 * DAY_MS;
    browser.server.fill(endMs - HOUR_MS, endMs);
    const tab = browser.openTab();
    await browser.live(40_000);
    await lookUntilThere(browser, tab, HOUR_MS, endMs);
    await browser.live(5_000);
    const frame = await lookUntilThere(browser, tab, HOUR_MS, endMs);
    expect(frame.asOfMs).toBe(endMs);
    expect(frame.tokenSeries.resolutionMs).toBe(MINUTE_MS);
    expect(frame.tokenSeries.tokens).not.toContain(null);
    expect(costOf(frame)).toBeCloseTo(truthOf(browser, endMs - HOUR_MS, endMs), 5);
    const asked = browser.server.asked.length;
    // What is expected is learnt meanwhile, and comes with a frame of its own.
    await browser.live(MINUTE_MS);
    const settled = await lookUntilThere(browser, tab, HOUR_MS, endMs);
    expect(settled.tokenSeries).toEqual(frame.tokenSeries);
    await browser.live(MINUTE_MS);
    expect((await lookUntilThere(browser, tab, HOUR_MS, endMs)).number).toBe(settled.number);
    const again = browser.server.asked.slice(asked).filter((path) => path.includes('history'));
    expect(again).toEqual([]);
    await expectTruth(browser);
  });

  it('V28 are compared with as much before them, which is fetched too, once', async () => {
    const browser = new Browser();
    browser.server.fill(browser.server.nowMs - 2 * DAY_MS - HOUR_MS, browser.server.nowMs);
    const tab = browser.openTab();
    await browser.live(40_000);
    await lookUntilThere(browser, tab, DAY_MS);
    await browser.live(60_000);
    const { before, tokens, fromMs } = (await lookUntilThere(browser, tab, DAY_MS)).tokenSeries;
    expect(before).not.toContain(null);
    const sum = before.reduce<number>((total, value) => total + (value ?? 0), 0);
    const truth = browser.server.store.rollups(fromMs - DAY_MS, fromMs, '5s').tokens;
    expect(sum).toBe(truth.reduce((total, value) => total + value, 0));
    expect(before).toHaveLength(tokens.length);
    const asked = browser.server.asked.length;
    await browser.live(10 * MINUTE_MS);
    const again = browser.server.asked.slice(asked).filter((path) => path.includes('history'));
    expect(again).toEqual([]);
  });

  it('N5 are fetched for a tab that follows too', async () => {
    const browser = new Browser();
    const endMs = Math.floor(browser.server.nowMs / MINUTE_MS) * MINUTE_MS - 3 * DAY_MS;
    browser.server.fill(endMs - HOUR_MS, endMs);
    browser.openTab();
    await browser.live(40_000);
    const follower = browser.openTab();
    await browser.live(2_000);
    look(follower, HOUR_MS, endMs);
    await browser.live(40_000);
    const frame = await lookUntilThere(browser, follower, HOUR_MS, endMs);
    expect(frame.tokenSeries.tokens).not.toContain(null);
  });

  it('N5 are fetched though the tab looked before it knew who leads, and the leader changed', async () => {
    const browser = new Browser();
    const endMs = Math.floor(browser.server.nowMs / MINUTE_MS) * MINUTE_MS - 3 * DAY_MS;
    browser.server.fill(endMs - HOUR_MS, endMs);
    const leader = browser.openTab();
    await browser.live(40_000);
    browser.server.isUp = false;
    const follower = browser.openTab();
    look(follower, HOUR_MS, endMs);
    await browser.live(2_000);
    look(follower, HOUR_MS, endMs);
    leader.kill();
    await browser.live(10_000);
    look(follower, HOUR_MS, endMs);
    browser.server.isUp = true;
    await browser.live(2 * MINUTE_MS);
    const frame = await lookUntilThere(browser, follower, HOUR_MS, endMs);
    await browser.live(5_000);
    look(follower, HOUR_MS, endMs);
    await browser.live(5_000);
    const last = look(follower, HOUR_MS, endMs) ?? frame;
    expect(last.tokenSeries.tokens).not.toContain(null);
  });
});
