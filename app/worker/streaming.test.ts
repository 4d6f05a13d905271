import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import { Browser } from '#app/testing/browser.ts';
import { expectCovered, expectTruth } from '#app/testing/expect-truth.ts';
import { ACME } from '#app/testing/scripted-server.ts';

const MINUTE_MS = 60_000;

function aStreamingBrowser(): Browser {
  const browser = new Browser();
  browser.world.startStreaming();
  return browser;
}

const asked = (browser: Browser, path: string, from = 0) =>
  browser.server.asked.slice(from).filter((one) => one.startsWith(path));

describe('streaming into the cache', () => {
  it('C20 takes one stream instead of polls, and holds what the server says', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(MINUTE_MS);
    expect(tab.status?.connection).toEqual({ kind: 'live', via: 'streaming' });
    expect(asked(browser, '/api/stream')).toHaveLength(1);
    expect(asked(browser, '/api/metrics?')).toEqual([]);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('C20 resumes a stream that breaks, at any moment, without hole or double', async () => {
    const browser = aStreamingBrowser();
    browser.openTab();
    for (const ms of [700, 3_100, 12_000, 4_900, 61_000, 15_300, 200]) {
      await browser.live(ms);
      browser.server.cutStreams(ms % 2 === 0);
    }
    await browser.live(MINUTE_MS);
    expect(browser.server.openStreams).toBe(1);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('C21 polls while streams are refused, and streams again when there is one', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(20_000);
    expect(tab.status?.connection).toEqual({ kind: 'live', via: 'polling' });
    browser.world.startStreaming();
    await browser.live(MINUTE_MS);
    expect(tab.status?.connection).toEqual({ kind: 'live', via: 'streaming' });
    expect(tab.connections).toEqual(['connecting', 'live']);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('C21 polls within seconds when something in between holds the stream back', async () => {
    const browser = aStreamingBrowser();
    browser.server.isStreamHeldBack = true;
    const tab = browser.openTab();
    await browser.live(10_000);
    expect(tab.status?.connection).toEqual({ kind: 'live', via: 'polling' });
    expect(browser.server.openStreams).toBe(0);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('C22 gives up a stream that is silent for 30 s, though its socket lives', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(20_000);
    browser.server.tick = () => undefined;
    browser.server.heartbeat = () => undefined;
    await browser.live(29_000);
    expect(tab.status?.connection.kind).toBe('live');
    await browser.live(2_000);
    expect(asked(browser, '/api/stream').length).toBeGreaterThanOrEqual(1);
    expect(tab.connections).toContain('waiting');
  });

  it('C23 drops and fetches again what is revised while it streams', async () => {
    const browser = aStreamingBrowser();
    browser.openTab();
    await browser.live(30_000);
    const atMs = Math.floor(browser.server.nowMs / 5_000) * 5_000 - MINUTE_MS;
    browser.server.store.revise(atMs, ACME, {
      calls: 1,
      tokens: 7,
      costMicroUsd: 8,
      latencyMsSum: 9,
    });
    await browser.live(20_000);
    expect((await browser.store.load()).cursor?.revision).toBe(1);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('C24 changes over to polling and back when the user wants it, without a gap', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(20_000);
    const settings = { ...DEFAULT_LIVE_SETTINGS, intervalMs: 5_000, transport: 'polling' } as const;
    tab.send({ type: 'settings', settings });
    const before = browser.server.asked.length;
    await browser.live(31_000);
    expect(tab.status?.connection).toEqual({ kind: 'live', via: 'polling' });
    expect(asked(browser, '/api/metrics?', before)).toHaveLength(6);
    expect(browser.server.openStreams).toBe(0);
    tab.send({ type: 'settings', settings: { ...settings, transport: 'streaming' } });
    await browser.live(10_000);
    expect(browser.server.openStreams).toBe(1);
    await expectTruth(browser);
    await expectCovered(browser);
  });

  it('V13 moves the playhead without a jump when the playout delay changes', async () => {
    const browser = aStreamingBrowser();
    const tab = browser.openTab();
    await browser.live(20_000);
    const settings = {
      ...DEFAULT_LIVE_SETTINGS,
      intervalMs: 10_000,
      transport: 'polling',
    } as const;
    tab.send({ type: 'settings', settings });
    let before = tab.look()?.playheadMs ?? 0;
    for (let second = 0; second < 160; second++) {
      await browser.live(1_000);
      const playheadMs = tab.look()?.playheadMs ?? 0;
      expect(playheadMs).toBeGreaterThanOrEqual(before);
      // After a hundred seconds the delay is that of polling, and buckets come one by one again.
      if (second > 110) expect(playheadMs - before).toBeLessThanOrEqual(6_000);
      before = playheadMs;
    }
  });
});
