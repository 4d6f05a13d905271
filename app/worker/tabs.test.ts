import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import { NO_FILTER } from '#core/view/filter.ts';
import { BurnrateDatabase } from '#app/database/database.ts';
import { newestStats } from '#app/database/stats.ts';
import { Browser } from '#app/testing/browser.ts';
import { expectCovered, expectTruth } from '#app/testing/expect-truth.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';

const MINUTE_MS = 60_000;

function aStreamingBrowser(): Browser {
  const browser = new Browser();
  browser.world.startStreaming();
  return browser;
}

const show = (tab: FakeTab, isVisible: boolean) => tab.send({ type: 'visibility', isVisible });

describe('several tabs', () => {
  it('L1 share one connection and show the same, each second', async () => {
    const browser = aStreamingBrowser();
    const tabs = Array.from({ length: 10 }, () => browser.openTab());
    await browser.live(30_000);
    for (let second = 0; second < 10; second++) {
      await browser.live(1_000);
      const frames = tabs.map((tab) => tab.look());
      expect(new Set(frames.map((frame) => frame?.asOfMs)).size).toBe(1);
      expect(new Set(tabs.map((tab) => tab.spendRate?.usdPerHour)).size).toBe(1);
    }
    expect(browser.server.openStreams).toBe(1);
    const streams = browser.server.asked.filter((path) => path.startsWith('/api/stream'));
    expect(streams).toHaveLength(1);
    expect(tabs.map((tab) => tab.status?.connection)).toEqual(
      tabs.map(() => ({ kind: 'live', via: 'streaming' })),
    );
    const roles = tabs.map((tab) => tab.status?.storage.kind);
    expect(roles.filter((role) => role === 'writer')).toHaveLength(1);
  });

  it('L2 go on within two seconds when the leader is killed, without hole or double', async () => {
    const browser = aStreamingBrowser();
    const tabs = [browser.openTab(), browser.openTab(), browser.openTab()];
    await browser.live(20_000);
    for (const killed of tabs.slice(0, 2)) {
      killed.kill();
      await browser.live(2_000);
      const last = tabs[2]?.status?.connection;
      expect(last).toEqual({ kind: 'live', via: 'streaming' });
      await browser.live(11_300);
    }
    expect(tabs[2]?.status?.storage.kind).toBe('writer');
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('L3 show a new tab everything at once, though it opens in the middle of a bucket', async () => {
    const browser = aStreamingBrowser();
    const leader = browser.openTab();
    await browser.live(22_300);
    const late = browser.openTab();
    await browser.live(400);
    expect(late.look()?.tokenSeries).toEqual(leader.look()?.tokenSeries);
    await browser.live(12_000);
    expect(late.look()?.tokenSeries).toEqual(leader.look()?.tokenSeries);
    expect(late.spendRate).toEqual(leader.spendRate);
  });

  it('L4 follow a pause, wherever it was asked for, and go on from exactly there', async () => {
    const browser = aStreamingBrowser();
    const leader = browser.openTab();
    const follower = browser.openTab();
    await browser.live(20_000);
    follower.send({ type: 'settings', settings: { ...DEFAULT_LIVE_SETTINGS, isPaused: true } });
    await browser.live(1_000);
    expect(leader.status?.connection).toEqual({ kind: 'paused', by: 'user' });
    expect(follower.status?.connection).toEqual({ kind: 'paused', by: 'user' });
    const asked = browser.server.asked.length;
    await browser.live(MINUTE_MS);
    expect(browser.server.asked.length).toBe(asked);
    expect(browser.server.openStreams).toBe(0);
    leader.send({ type: 'settings', settings: DEFAULT_LIVE_SETTINGS });
    await browser.live(5_000);
    expect(follower.status?.settings.isPaused).toBe(false);
    expect(browser.server.asked[asked]).toMatch(
      /^\/api\/stream\?since=\d+&revision=0&rawMs=10000$/,
    );
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('L5 keep what the user chose over a restart of the browser', async () => {
    const browser = aStreamingBrowser();
    const settings = {
      ...DEFAULT_LIVE_SETTINGS,
      intervalMs: 10_000,
      transport: 'polling',
    } as const;
    const tab = browser.openTab();
    await browser.live(3_000);
    tab.send({ type: 'settings', settings });
    await browser.live(1_000);
    tab.kill();
    const next = browser.openTab();
    await browser.live(1_000);
    expect(next.status?.settings).toEqual(settings);
    expect(browser.server.openStreams).toBe(0);
  });

  it('L6 rest when all are hidden, and resume from exactly where they left off', async () => {
    const browser = aStreamingBrowser();
    const tabs = [browser.openTab(), browser.openTab()];
    await browser.live(20_000);
    const [first, second] = tabs as [FakeTab, FakeTab]; // two, as made above
    show(first, false);
    await browser.live(20_000);
    expect(browser.server.openStreams).toBe(1);
    show(second, false);
    await browser.live(6_000);
    expect(first.status?.connection).toEqual({ kind: 'paused', by: 'hidden' });
    expect(browser.server.openStreams).toBe(0);
    const asked = browser.server.asked.length;
    await browser.live(10 * MINUTE_MS);
    expect(browser.server.asked.length).toBe(asked);
    show(second, true);
    await browser.live(4_000);
    expect(second.look()?.tokenSeries.tokens).not.toContain(null);
    expect(browser.server.nowMs - (second.frame?.asOfMs ?? 0)).toBeLessThan(12_000);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('L7 are not taken for hidden by the death of one that was visible', async () => {
    const browser = aStreamingBrowser();
    const [seen, hidden] = [browser.openTab(), browser.openTab()] as const;
    show(hidden, false);
    await browser.live(20_000);
    seen.kill();
    await browser.live(10_000);
    expect(hidden.status?.connection).toEqual({ kind: 'paused', by: 'hidden' });
    show(hidden, true);
    await browser.live(10_000);
    expect(hidden.status?.connection.kind).toBe('live');
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('L8 begin again at once after the device has slept', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(20_000);
    // The sockets are half open: the server is gone for them, and nobody says so.
    browser.server.tick = () => undefined;
    browser.server.heartbeat = () => undefined;
    browser.world.wallOffsetMs += 60 * MINUTE_MS;
    const asked = browser.server.asked.length;
    await browser.live(5_000);
    expect(browser.server.asked.slice(asked).some((path) => path.includes('stream'))).toBe(true);
    expect(tab.status?.connection.kind).toBe('live');
  });

  it('L9 say that the feed is silent when the server is there and nothing is used', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(20_000);
    expect(tab.status?.isSilent).toBe(false);
    await browser.world.advance(70_000);
    expect(tab.status?.isSilent).toBe(true);
    await browser.live(3_000);
    expect(tab.status?.isSilent).toBe(false);
  });

  it('V14 moves the spend rate with every tick, between frames', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(30_000);
    const rates = new Set<number | null | undefined>();
    for (let second = 0; second < 5; second++) {
      await browser.live(1_000);
      tab.look();
      rates.add(tab.spendRate?.usdPerHour);
      expect(tab.spendRate?.coveredMs).toBeGreaterThanOrEqual(55_000);
    }
    expect(rates.size).toBeGreaterThanOrEqual(4);
  });

  it('V15 shows a slice at once, and a slice of what is cached when the server is dead', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(6 * MINUTE_MS);
    const all = tab.look();
    const bolt = { ...NO_FILTER, customers: ['bolt'] };
    const slice = tab.look(bolt);
    expect(slice?.customers.map((one) => one.customerId)).toEqual(['bolt']);
    expect(slice?.keyFigures.spendUsd.value).toBe(
      all?.customers.find((one) => one.customerId === 'bolt')?.costUsd,
    );
    expect(slice?.choices.customers).toEqual(['acme', 'bolt']);
    tab.kill();
    browser.server.isUp = false;
    browser.server.cutStreams();
    const cold = browser.openTab();
    await browser.live(1_000);
    expect(cold.look(bolt)?.customers).toEqual(slice?.customers);
    expect(cold.look()?.customers).toHaveLength(2);
  });

  it.each(['5m', '24h'] as const)(
    'S17 keeps the server’s own sums of %s, dated',
    async (window) => {
      const browser = aStreamingBrowser();
      browser.openTab();
      await browser.live(5_000);

      const database = new BurnrateDatabase(browser.disk);
      const stats = await newestStats(database, window);
      expect(stats?.reply.totalCost).toBeGreaterThan(0);
      expect(stats?.heardAtMs).toBeGreaterThan(browser.server.nowMs - 10_000);
    },
  );
});
