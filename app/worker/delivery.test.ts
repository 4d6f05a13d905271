import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { isCovered } from '#core/time/intervals.ts';
import { parseMetricsReply } from '#core/wire/metrics.ts';
import { Browser } from '#app/testing/browser.ts';
import { expectCovered, expectTruth } from '#app/testing/expect-truth.ts';
import { cachedLines } from '#app/testing/cache-truth.ts';
import { ACME } from '#app/testing/scripted-server.ts';

const MINUTE_MS = 60_000;
const ROLLUP = { calls: 9, tokens: 9_999, costMicroUsd: 123_456, latencyMsSum: 777 };

const questions = (browser: Browser, from = 0) =>
  browser.server.asked.slice(from).filter((path) => /^\/api\/metrics($|\?)/.test(path));

describe('delivery from the server into the cache', () => {
  it('D20 shows live numbers and fills the last hour on the first visit', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(20_000);
    expect(tab.connections).toEqual(['connecting', 'live']);
    const frame = tab.look();
    expect(frame?.tokenSeries.tokens).not.toContain(null);
    expect(frame?.spendRate.usdPerHour).toBeGreaterThan(0);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('D21 asks, after a restart, only for what came after the last cached timestamp', async () => {
    const browser = new Browser();
    const first = browser.openTab();
    await browser.live(20_000);
    first.kill();
    const { coverage } = await cachedLines(browser.store);
    const coveredToMs = coverage.at(-1)?.toMs ?? 0;
    const before = browser.server.asked.length;
    browser.openTab();
    await browser.live(10_000);
    expect(questions(browser, before)[0]).toBe(
      `/api/metrics?since=${coveredToMs - 1}&revision=0&rawMs=10000`,
    );
    expect(browser.server.asked.slice(before).filter((path) => path.includes('history'))).toEqual(
      [],
    );
    await expectTruth(browser);
  });

  it('D22 takes pages that are cut between any two ticks, one after the other at once', async () => {
    const browser = new Browser();
    browser.server.pageRows = 1;
    browser.openTab();
    await browser.live(1_000);
    expect(questions(browser).length).toBeGreaterThan(5);
    await browser.live(10_000);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it.each([1, 20, 300])('D23 closes the hole of an outage of %i minutes', async (minutes) => {
    const browser = new Browser();
    browser.openTab();
    await browser.live(20_000);
    browser.server.isUp = false;
    await browser.live(minutes * MINUTE_MS);
    browser.server.isUp = true;
    await browser.live(2 * MINUTE_MS);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('D24 fetches again what the source revised, and nothing else', async () => {
    const browser = new Browser();
    browser.openTab();
    await browser.live(30_000);
    const changedMs = Math.floor(browser.server.nowMs / 5_000) * 5_000 - MINUTE_MS;
    const before = browser.server.asked.length;
    browser.server.store.revise(changedMs, ACME, ROLLUP);
    await browser.live(20_000);
    const asked = browser.server.asked.slice(before).filter((path) => path.includes('history'));
    // A segment that reaches beyond the screen is fetched in two pieces, the screen's first.
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(3);
    const { coverage } = await cachedLines(browser.store);
    expect(isCovered(coverage, { fromMs: changedMs, toMs: changedMs + 5_000 })).toBe(true);
    await expectTruth(browser);
    await expectCovered(browser);
    expect((await browser.store.load()).cursor?.revision).toBe(1);
  });

  it('D32 asks history, and not for every update, what it missed for longer than a few seconds', async () => {
    const browser = new Browser();
    browser.openTab();
    await browser.live(20_000);
    browser.server.isUp = false;
    await browser.live(8 * MINUTE_MS);
    const before = browser.server.asked.length;
    let rawRows = 0;
    browser.server.distort = async (reply, path) => {
      if (!path.startsWith('/api/metrics?')) return reply;
      const parsed = parseMetricsReply(await reply.clone().json());
      rawRows += parsed.ok ? parsed.value.metrics.length : 0;
      return reply;
    };
    browser.server.isUp = true;
    await browser.live(40_000);
    expect(questions(browser, before).length).toBeGreaterThan(0);
    expect(browser.server.asked.slice(before).some((path) => path.includes('history'))).toBe(true);
    // 40 s, and the 10 s before them, of at most two updates a second; not the 15 minutes that are kept.
    expect(rawRows).toBeLessThan(110);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('D25 stores a quiet source as known zeros, not as gaps', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(10_000);
    await browser.world.advance(6 * MINUTE_MS);
    const frame = tab.look();
    expect(new Set(frame?.tokenSeries.tokens)).toEqual(new Set([0]));
    expect(frame?.spendRate.usdPerHour).toBe(0);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('D26 loses and doubles nothing when the server clock jumps back and catches up', async () => {
    const browser = new Browser();
    browser.openTab();
    await browser.live(20_000);
    browser.server.nowMs -= 5 * MINUTE_MS;
    await browser.world.advance(2 * MINUTE_MS);
    await expectTruth(browser);
    await browser.world.advance(3 * MINUTE_MS);
    await browser.live(30_000);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('D27 keeps an old epoch on screen until the new one covers the window, then drops it', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(20_000);
    const old = tab.look();
    const { store } = browser.server;
    store.startEpoch('epoch-2');
    browser.server.fill(
      Math.floor(browser.server.nowMs / 1_000) * 1_000 - 60_000,
      Math.floor(browser.server.nowMs / 1_000) * 1_000,
    );
    store.holdWatermark(browser.server.nowMs - 10 * MINUTE_MS);
    await browser.live(4_000);
    expect(tab.look()?.epoch).toBe('epoch-1');
    expect(tab.frame?.tokenSeries).toEqual(old?.tokenSeries);
    store.holdWatermark(null);
    await browser.live(10_000);
    expect(tab.look()?.epoch).toBe('epoch-2');
    await browser.live(10_000);
    const stored = await browser.store.load();
    expect(stored.dataSets.map((set) => set.epoch)).toEqual(['epoch-2']);
    await expectTruth(browser);
  });

  it('D28 goes on with a follower when the leader is killed, without hole or double', async () => {
    const browser = new Browser();
    const leader = browser.openTab();
    const follower = browser.openTab();
    await browser.live(20_000);
    expect(leader.status?.storage.kind).toBe('writer');
    expect(follower.status?.storage.kind).toBe('reader');
    expect(follower.look()?.asOfMs).toBe(leader.look()?.asOfMs);
    leader.kill();
    await browser.live(20_000);
    expect(follower.status?.storage.kind).toBe('writer');
    await expectTruth(browser);
    await expectCovered(browser);
  });
});
