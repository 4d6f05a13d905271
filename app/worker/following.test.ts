import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '#core/view/filter.ts';
import { Browser } from '#app/testing/browser.ts';
import { expectTruth } from '#app/testing/expect-truth.ts';
import { ACME } from '#app/testing/scripted-server.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function aStreamingBrowser(): Browser {
  const browser = new Browser();
  browser.world.startStreaming();
  return browser;
}

const look = (tab: FakeTab, spanMs: number, endMs: number | null = null) =>
  tab.look(NO_FILTER, { spanMs, endMs });

describe('a tab that follows', () => {
  it('N35 hears of what the leader fetched in minutes and hours as soon as it is stored', async () => {
    const browser = aStreamingBrowser();
    const leader = browser.openTab();
    const follower = browser.openTab();
    const knownBy = (tab: FakeTab) => JSON.stringify(tab.look()?.known);
    const later: string[] = [];
    for (let second = 0; second < 25; second++) {
      await browser.live(SECOND_MS);
      const told = knownBy(leader);
      if (knownBy(follower) !== told) later.push(`second ${second}`);
    }
    expect(leader.status?.catchUp).toBeNull();
    // The very first frame may be of a moment between two pieces.
    expect(later.length).toBeLessThanOrEqual(1);
    expect(follower.frame?.known.coverage['1m'].at(0)?.fromMs).toBeLessThan(
      browser.server.nowMs - DAY_MS,
    );
    expect(follower.frame?.known.coverage['1h']).not.toEqual([]);
  });

  it('N35 shows a stretch of the past that is fetched for it within two seconds', async () => {
    const browser = aStreamingBrowser();
    const endMs = Math.floor(browser.server.nowMs / MINUTE_MS) * MINUTE_MS - 3 * DAY_MS;
    // Used by one who is known: a new name alone would make the follower read everything again.
    const rollup = { calls: 1, tokens: 40, costMicroUsd: 3_000_000, latencyMsSum: 9 };
    for (let atMs = endMs - HOUR_MS; atMs < endMs; atMs += MINUTE_MS) {
      browser.server.store.use(atMs, ACME, rollup);
    }
    const leader = browser.openTab();
    await browser.live(40 * SECOND_MS);
    const follower = browser.openTab();
    await browser.live(12 * SECOND_MS);
    look(follower, HOUR_MS, endMs);
    const isFetched = () =>
      look(leader, HOUR_MS, endMs)?.known.coverage['1m'].some(
        (one) => one.fromMs <= endMs - HOUR_MS && one.toMs >= endMs,
      );
    for (let second = 0; second < 30 && !isFetched(); second++) await browser.live(SECOND_MS);
    expect(isFetched()).toBe(true);
    for (let second = 0; second < 2; second++) {
      look(follower, HOUR_MS, endMs);
      await browser.live(SECOND_MS);
    }
    const frame = look(follower, HOUR_MS, endMs);
    expect(frame?.tokenSeries.tokens).not.toContain(null);
    expect(frame?.coveredMs).toBe(HOUR_MS);
    expect(frame?.costByModel[0]?.costUsd).toBe(180);
    const leaders = look(leader, HOUR_MS, endMs);
    expect(frame?.keyFigures).toEqual(leaders?.keyFigures);
    expect(frame?.known.coverage).toEqual(leaders?.known.coverage);
    await expectTruth(browser);
  });

  it('N35 hears of an outage when it is over', async () => {
    const browser = aStreamingBrowser();
    const leader = browser.openTab();
    const follower = browser.openTab();
    await browser.live(28 * SECOND_MS);
    browser.server.isUp = false;
    browser.server.cutStreams();
    await browser.live(40 * SECOND_MS);
    browser.server.isUp = true;
    follower.send({ type: 'retry-now' });
    await browser.live(12 * SECOND_MS);
    expect(follower.look()?.known.outages).toHaveLength(1);
    expect(follower.look()?.known).toEqual(leader.look()?.known);
  });
});
