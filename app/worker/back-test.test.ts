import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { type AnomalySettings, DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import { MadeUsage, START_MS } from '#core/anomaly/testing/usage.ts';
import type { Segment } from '#core/rollup/segment.ts';
import type { BackTestNews } from '#app/protocol/messages.ts';
import { Browser } from '#app/testing/browser.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';
import { syncCompression } from '#app/testing/sync-compression.ts';
import { packChunk } from './packing.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Minutes that are cached. */
const CACHED = 27 * 60;
const usage = new MadeUsage([
  { from: 25 * 60, to: 25 * 60 + 20, customerId: 'cedar', calls: 8 },
  { from: 26 * 60, to: 26 * 60 + 20, customerId: 'acme', calls: 1.5 },
]);
const NO_FLOOR: AnomalySettings = { ...DEFAULT_SETTINGS, floorMicroUsdPerHour: 0 };

/** A browser that has so many minutes on its disk, and a server that is dead. */
async function offline(minutes: number, damage = (segments: Segment[]) => segments) {
  const browser = new Browser(START_MS + CACHED * MINUTE_MS + 2_000);
  browser.server.isUp = false;
  if (minutes > 0) {
    const chunk = usage.minutes(CACHED - minutes, CACHED);
    const segments = damage(await packChunk(syncCompression, chunk, 'made', '1m'));
    const { fromMs, toMs } = chunk;
    const change = {
      resolution: '1m',
      revoked: [],
      segments,
      covered: [{ fromMs, toMs }],
    } as const;
    await browser.store.commit({
      expected: null,
      next: { epoch: 'made', coveredToMs: toMs, revision: 0, writerTerm: 1 },
      newSeries: usage.series.keysFrom(0),
      firstSeriesId: 0,
      changes: [change],
      provenance: { live: [], outages: [] },
    });
  }
  const tab = browser.openTab();
  await browser.world.advance(1_000);
  return { browser, tab };
}

/** What is told in the end of the question with that number. */
async function outcome(browser: Browser, tab: FakeTab, number: number): Promise<BackTestNews> {
  const ended = () =>
    tab.backTests.find((one) => one.number === number && one.news.kind !== 'running');
  await expect
    .poll(
      async () => {
        await browser.world.advance(1);
        return ended() !== undefined;
      },
      { timeout: 20_000, interval: 1 },
    )
    .toBe(true);
  const { news } = ended() ?? {};
  if (!news) throw new Error('it was polled for');
  return news;
}

/** The clock goes on with each look at it, as if everything took its time; timers fall due as in browsers. */
function slowDown(browser: Browser, { environment }: FakeTab): void {
  let nowMs = browser.world.nowMs;
  const { after } = environment;
  Object.assign(environment, {
    steadyNow: () => (nowMs += 1),
    after: (delayMs: number, run: () => void) => after(Math.max(4, delayMs), run),
  });
}

describe('trying settings on what is cached', () => {
  it('X61 tells what would have been raised in the newest day, with the server dead', async () => {
    const { browser, tab } = await offline(CACHED);
    tab.send({ type: 'back-test', number: 1, settings: { ...NO_FLOOR, sensitivity: 'low' } });
    const news = await outcome(browser, tab, 1);
    const toMs = START_MS + CACHED * MINUTE_MS;
    expect(news).toMatchObject({
      kind: 'done',
      tried: { fromMs: START_MS + 6 * HOUR_MS, toMs },
      knownMs: 21 * HOUR_MS,
      learntMs: 6 * HOUR_MS,
    });
    const roots = news.kind === 'done' ? news.incidents.map((one) => one.root.id) : [];
    expect(roots).toContain('cedar');
    expect(roots).not.toContain('acme');
    tab.send({ type: 'back-test', number: 2, settings: { ...NO_FLOOR, sensitivity: 'high' } });
    const eager = await outcome(browser, tab, 2);
    const more = eager.kind === 'done' ? eager.incidents.map((one) => one.root.id) : [];
    expect(more).toEqual(expect.arrayContaining(['cedar', 'acme']));
  }, 40_000);

  it('X61 says so when too little is cached, or the cache cannot be read', async () => {
    const empty = await offline(0);
    empty.tab.send({ type: 'back-test', number: 1, settings: NO_FLOOR });
    expect(await outcome(empty.browser, empty.tab, 1)).toEqual({ kind: 'too-little', cachedMs: 0 });
    const short = await offline(6 * 60);
    short.tab.send({ type: 'back-test', number: 1, settings: NO_FLOOR });
    expect(await outcome(short.browser, short.tab, 1)).toEqual({
      kind: 'too-little',
      cachedMs: 6 * HOUR_MS,
    });
  });

  it('X61 takes a damaged stretch for a gap', async () => {
    const { browser, tab } = await offline(8 * 60, (segments) =>
      segments.map((one, i) => (i === 0 ? { ...one, bytes: one.bytes.slice(1) } : one)),
    );
    tab.send({ type: 'back-test', number: 1, settings: NO_FLOOR });
    expect((await outcome(browser, tab, 1)).kind).toBe('done');
  });

  it('X62 lets frames through meanwhile, and says how far it is', async () => {
    const { browser, tab } = await offline(8 * 60);
    slowDown(browser, tab);
    tab.send({ type: 'back-test', number: 1, settings: NO_FLOOR });
    await browser.world.advance(8);
    expect(tab.backTests).not.toEqual([]);
    // It has only begun, and still the page gets its answer at once.
    expect(tab.backTests.every(({ news }) => news.kind === 'running')).toBe(true);
    const post = vi.spyOn(tab.environment, 'post');
    tab.look();
    expect(post).toHaveBeenCalledWith(expect.objectContaining({ type: 'frame' }));
    await outcome(browser, tab, 1);
    const shares = tab.backTests.flatMap(({ news }) => (news.kind === 'running' ? news.share : []));
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('X62 gives up what something newer was asked after', async () => {
    const { browser, tab } = await offline(8 * 60);
    slowDown(browser, tab);
    tab.send({ type: 'back-test', number: 1, settings: NO_FLOOR });
    await browser.world.advance(8);
    tab.send({ type: 'back-test', number: 2, settings: NO_FLOOR });
    await outcome(browser, tab, 2);
    await browser.world.advance(1_000);
    const ended = tab.backTests.filter(({ news }) => news.kind !== 'running');
    expect(ended.map((one) => one.number)).toEqual([2]);
  });
});
