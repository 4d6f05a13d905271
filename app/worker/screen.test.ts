import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { FIRST_LOOK } from '#core/view/look.ts';
import { metricsReplySchema } from '#core/wire/metrics.ts';
import { Browser } from '#app/testing/browser.ts';
import type { SegmentStore } from './segment-store.ts';

const MINUTE_MS = 60_000;

/** A browser that was in use for six minutes and then closed. */
async function aUsedBrowser(): Promise<Browser> {
  const browser = new Browser();
  const tab = browser.openTab();
  await browser.live(6 * MINUTE_MS);
  tab.kill();
  return browser;
}

/** A server that kept the updates of one minute only, and whose history fails with `status`. */
function forgetful(browser: Browser, status: number) {
  const keptFromMs = Math.floor(browser.server.nowMs / 5_000) * 5_000 - MINUTE_MS;
  return async (reply: Response, path: string) => {
    if (path.includes('history')) return new Response('no', { status });
    if (!path.includes('since')) return reply;
    const body = metricsReplySchema.parse(await reply.json());
    const from = Math.floor((body.since + 1) / 5_000) * 5_000;
    const gap = from < keptFromMs ? { gap: { from, to: keptFromMs } } : {};
    const metrics = body.metrics.filter((row) => Date.parse(row.timestamp) >= keptFromMs);
    return Response.json({ ...body, ...gap, metrics }, { headers: reply.headers });
  };
}

describe('what a tab shows', () => {
  it('V9 is full at once from the cache when the server is dead, at any later time', async () => {
    const browser = await aUsedBrowser();
    browser.server.isUp = false;
    await browser.live(3 * 60 * MINUTE_MS);
    const tab = browser.openTab();
    await browser.live(1_000);
    const frame = tab.look();
    expect(frame?.tokenSeries.tokens).toHaveLength(60);
    expect(frame?.tokenSeries.tokens).not.toContain(null);
    expect(frame?.spendRate.usdPerHour).toBeGreaterThan(0);
    const ageMs = browser.server.nowMs - (frame?.asOfMs ?? 0);
    expect(ageMs).toBeGreaterThan(3 * 60 * MINUTE_MS);
    await browser.live(6 * MINUTE_MS);
    // What is expected is learnt meanwhile, and comes with a frame of its own, as what is known then; nothing else moves.
    const later = tab.look();
    const { number, expected, known } = later ?? {};
    expect(later).toEqual({ ...frame, number, expected, known });
    expect(tab.status?.connection.kind).toBe('waiting');
  });

  it('V10 stays as it is after an outage until history covers the new window', async () => {
    const browser = await aUsedBrowser();
    await browser.live(40 * MINUTE_MS);
    browser.server.distort = forgetful(browser, 503);
    const tab = browser.openTab();
    await browser.live(3_000);
    const old = tab.look();
    expect(old?.tokenSeries.tokens).not.toContain(null);
    expect(browser.server.nowMs - (old?.asOfMs ?? 0)).toBeGreaterThan(39 * MINUTE_MS);
    browser.server.distort = null;
    await browser.live(6_000);
    expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
    expect(browser.server.nowMs - (tab.frame?.asOfMs ?? 0)).toBeLessThan(15_000);
  });

  it('V10 shows the hole after ten seconds when history does not come though the server is there', async () => {
    const browser = await aUsedBrowser();
    await browser.live(40 * MINUTE_MS);
    browser.server.distort = forgetful(browser, 500);
    const tab = browser.openTab();
    await browser.live(3_000);
    expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
    await browser.live(5_000);
    tab.look();
    await browser.live(10_000);
    const frame = tab.look();
    expect(browser.server.nowMs - (frame?.asOfMs ?? 0)).toBeLessThan(15_000);
    expect(frame?.tokenSeries.tokens).toContain(null);
  });

  it('V11 lags a poll by no more than the playout delay and a bucket, and never jumps back', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(10_000);
    let before = tab.look()?.asOfMs ?? 0;
    for (let second = 0; second < 90; second++) {
      await browser.live(1_000);
      const asOfMs = tab.look()?.asOfMs ?? 0;
      expect(asOfMs).toBeGreaterThanOrEqual(before);
      expect(asOfMs - before).toBeLessThanOrEqual(5_000);
      expect(browser.server.nowMs - asOfMs).toBeLessThanOrEqual(10_000);
      before = asOfMs;
    }
  });

  it('V12 is numbered, and is not sent again to a page that has it', async () => {
    const browser = new Browser();
    const tab = browser.openTab();
    await browser.live(20_000);
    const { number = 0 } = tab.look() ?? {};
    tab.frame = null;
    tab.send({ type: 'ask-frame', since: number, ...FIRST_LOOK });
    expect(tab.frame).toBeNull();
    tab.send({ type: 'ask-frame', since: 0, ...FIRST_LOOK });
    expect(tab.frame).toMatchObject({ number });
  });

  it('S15 goes on without storage, and says so', async () => {
    const browser = new Browser();
    const refuses = () => Promise.reject(new Error('storage is off'));
    const broken: SegmentStore = {
      ledger: null,
      load: refuses,
      takeOver: refuses,
      commit: refuses,
      segmentsIn: refuses,
      directory: refuses,
      replace: refuses,
      drop: refuses,
      keepOnly: refuses,
      clear: refuses,
      saveEvidence: refuses,
      saveOutages: refuses,
      saveServerFacts: refuses,
      saveSettings: refuses,
      saveStats: refuses,
    };
    const tab = browser.openTab(broken);
    await browser.live(20_000);
    expect(tab.status?.storage).toEqual({ kind: 'memory-only', why: 'broken' });
    expect(tab.look()?.tokenSeries.tokens).not.toContain(null);
    expect(tab.status?.connection.kind).toBe('live');
  });

  it('S15 keeps what is on screen when storage fails in the middle', async () => {
    const browser = new Browser();
    const { store } = browser;
    const tab = browser.openTab(store);
    await browser.live(20_000);
    const before = tab.look();
    browser.server.isUp = false;
    store.commit = () => Promise.reject(new Error('the disk is full'));
    browser.server.isUp = true;
    await browser.live(5_000);
    expect(tab.status?.storage.kind).toBe('memory-only');
    expect(tab.look()?.asOfMs).toBeGreaterThanOrEqual(before?.asOfMs ?? 0);
    await browser.live(20_000);
    expect(tab.look()?.asOfMs).toBeGreaterThan(before?.asOfMs ?? 0);
  });

  it('S16 tells the clock of the server from the one of the device, also after a restart', async () => {
    const browser = new Browser();
    browser.world.wallOffsetMs = -7 * MINUTE_MS;
    const tab = browser.openTab();
    await browser.live(20_000);
    expect(tab.status?.clockOffsetMs).toBe(7 * MINUTE_MS);
    tab.kill();
    browser.server.isUp = false;
    const next = browser.openTab();
    await browser.live(1_000);
    expect(next.status?.clockOffsetMs).toBe(7 * MINUTE_MS);
    expect(next.status?.source?.label).toBe('a script');
  });
});
