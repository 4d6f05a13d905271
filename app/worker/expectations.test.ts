import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { isSameFilter, NO_FILTER } from '#core/view/filter.ts';
import type { Frame } from '#core/view/frame.ts';
import { isSameRange, REAL_TIME, windowAt } from '#core/view/window.ts';
import { MadeUsage, START_MS } from '#core/anomaly/testing/usage.ts';
import { Browser } from '#app/testing/browser.ts';
import type { FakeTab } from '#app/testing/fake-world.ts';
import { syncCompression } from '#app/testing/sync-compression.ts';
import { addInterval } from '#core/time/intervals.ts';
import { NO_COVERAGE } from '#core/time/coverage.ts';
import type { Segment } from '#core/rollup/segment.ts';
import type { DataSet } from './data-set.ts';
import type { Environment } from './environment.ts';
import { Expectations } from './expectations.ts';
import { MemorySegmentStore } from './memory-segment-store.ts';
import { packChunk } from './packing.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A browser whose server has been in use for so many hours, and a tab that has caught up with it. */
async function caughtUp(hours: number) {
  const browser = new Browser();
  const nowMs = Math.floor(browser.server.nowMs / 1_000) * 1_000;
  browser.server.fill(nowMs - hours * HOUR_MS, nowMs - HOUR_MS);
  const tab = browser.openTab();
  await browser.live(60_000);
  return { browser, tab };
}

/** Asks once a second, as a page does, until something was expected. */
async function expectedSoon(
  browser: Browser,
  tab: FakeTab,
  look: Parameters<FakeTab['look']> = [],
): Promise<Frame & { expected: NonNullable<Frame['expected']> }> {
  for (let asked = 0; asked < 30; asked++) {
    const frame = tab.look(...look);
    const [filter = NO_FILTER, range = REAL_TIME] = look;
    const isIt = frame && isSameFilter(frame.filter, filter) && isSameRange(frame.range, range);
    if (isIt && frame.expected) return { ...frame, expected: frame.expected };
    await browser.live(1_000);
  }
  throw new Error('nothing was ever expected');
}

const meanOf = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

describe('what was expected', () => {
  it('V46 holds up no frame, and goes on minute by minute', async () => {
    const { browser, tab } = await caughtUp(2);
    tab.kill();
    const store = browser.store;
    const read = store.segmentsIn.bind(store);
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    store.segmentsIn = async (epoch, resolution, span) => {
      if (resolution === '1m') await released;
      return read(epoch, resolution, span);
    };
    const again = browser.openTab(store);
    await browser.live(2_000);
    const first = again.look();
    await browser.live(5_000);
    expect(again.look()?.number).toBeGreaterThan(first?.number ?? 0);
    expect(again.look()?.asOfMs).toBeGreaterThan(first?.asOfMs ?? Number.NaN);
    expect(again.look()?.expected).toBeNull();
    release();
    const frame = await expectedSoon(browser, again);
    expect(frame.expected.trend).toHaveLength(frame.tokenSeries.tokens.length);
    const share = meanOf(frame.expected.trend) / meanOf(frame.tokenSeries.tokens);
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(1.25);
    for (const [i, low] of frame.expected.low.entries()) {
      expect(low ?? 0).toBeLessThanOrEqual(frame.expected.trend[i] ?? 0);
      expect(frame.expected.high[i] ?? 0).toBeGreaterThanOrEqual(frame.expected.trend[i] ?? 0);
    }
    await browser.live(2 * MINUTE_MS);
    const later = await expectedSoon(browser, again);
    expect(later.expected.trend.at(-1)).toBeGreaterThan(0);
    expect(later.expected.trend).not.toContain(null);
    expect(later.tokenSeries.fromMs).toBeGreaterThan(frame.tokenSeries.fromMs + MINUTE_MS);
  });

  it('V46 is there without a server, for any slice and for the past', async () => {
    const { browser, tab } = await caughtUp(3);
    const { choices } = await expectedSoon(browser, tab);
    tab.kill();
    browser.server.isUp = false;
    const alone = browser.openTab();
    await browser.live(1_000);
    const all = await expectedSoon(browser, alone);
    const [model = ''] = choices.models;
    const filter = { ...NO_FILTER, models: [model] };
    const one = await expectedSoon(browser, alone, [filter]);
    expect(one.filter).toEqual(filter);
    expect(meanOf(one.expected.trend)).toBeLessThan(meanOf(all.expected.trend));
    const endMs = Math.floor(browser.server.nowMs / MINUTE_MS) * MINUTE_MS - HOUR_MS;
    const past = await expectedSoon(browser, alone, [NO_FILTER, { spanMs: HOUR_MS, endMs }]);
    expect(past.range.endMs).toBe(endMs);
    expect(past.expected.trend).not.toContain(null);
  });
});

const AT_MS = START_MS + 30 * HOUR_MS;

/** Expectations over what is stored, which a test adds to; nothing else of the world is needed. */
async function aDesk(msPerRead = 0) {
  const usage = new MadeUsage();
  const store = new MemorySegmentStore();
  const segments: Segment[] = [];
  const reads: string[] = [];
  let nowMs = 1_000_000;
  store.segmentsIn = async (_epoch, resolution, span) => {
    reads.push(resolution);
    nowMs += msPerRead;
    return segments
      .filter((one) => one.resolution === resolution)
      .filter((one) => one.startMs < span.toMs && one.endMs > span.fromMs)
      .toSorted((a, b) => a.startMs - b.startMs);
  };
  const set: DataSet = {
    epoch: 'e',
    series: usage.series,
    storedSeries: usage.series.size,
    coverage: NO_COVERAGE,
    live: [],
    chunks: [],
  };
  const environment = { steadyNow: () => nowMs, compression: syncCompression };
  // Of the world it needs the clock and the compression alone.
  const expectations = new Expectations(environment as unknown as Environment, store);
  return {
    reads,
    expectations,
    set,
    /** Stores the minutes `[from, to)` of the usage. */
    add: async (from: number, to: number) => {
      const chunk = usage.minutes(from, to);
      segments.push(...(await packChunk(syncCompression, chunk, 'e', '1m')));
      set.coverage = { ...set.coverage, '1m': addInterval(set.coverage['1m'], chunk) };
    },
    /** Asks for a window that ends at an instant, and lets what it begins come to its end. */
    ask: async (endMs: number, filter = NO_FILTER, version = 1, aheadMs = 0) => {
      nowMs += 20_000;
      const window = windowAt(endMs - 1, HOUR_MS);
      const shown = { filter, window, aheadMs, version };
      expectations.of(set, shown);
      nowMs += 1_000;
      expectations.of(set, shown);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return expectations.of(set, shown)?.expectedIn(window)?.trend ?? null;
    },
  };
}

describe('what is learnt', () => {
  it('V46 is not learnt of what is left at once', async () => {
    const { add, expectations, set, reads } = await aDesk();
    await add(29 * 60, 30 * 60);
    const shown = { filter: NO_FILTER, window: windowAt(AT_MS - 1), aheadMs: 0, version: 1 };
    expectations.of(set, shown);
    expectations.of(set, shown);
    await Promise.resolve();
    expect(reads).toHaveLength(0);
  });

  it('V44 is read once, and after that what is new alone', async () => {
    const { add, ask, reads } = await aDesk();
    await add(0, 30 * 60);
    const trend = await ask(AT_MS);
    expect(trend).not.toContain(null);
    expect(reads).toHaveLength(10);
    await ask(AT_MS);
    expect(reads).toHaveLength(10);
    await add(30 * 60, 30 * 60 + 1);
    const later = await ask(AT_MS + MINUTE_MS);
    expect(reads).toHaveLength(11);
    expect(later?.slice(0, -6)).toEqual(trend?.slice(6));
  });

  it('V44 is read seldom, and before it is asked for, while the past is played', async () => {
    const { add, ask, reads } = await aDesk();
    await add(0, 30 * 60);
    const aheadMs = HOUR_MS;
    const play = (minute: number) => ask(START_MS + minute * MINUTE_MS, NO_FILTER, 1, aheadMs);
    await play(25 * 60);
    const whole = reads.length;
    for (let minute = 0; minute <= 60; minute += 10) await play(25 * 60 + minute);
    expect(reads).toHaveLength(whole);
    expect(await play(26 * 60 + 10)).not.toContain(null);
    expect(reads).toHaveLength(whole + 1);
  });

  it('V44 is learnt anew when older minutes come in, and when the data are others', async () => {
    const { add, ask, reads } = await aDesk();
    await add(29 * 60 + 30, 30 * 60);
    expect(await ask(AT_MS)).toBeNull();
    await add(28 * 60, 29 * 60 + 30);
    expect(await ask(AT_MS)).not.toContain(null);
    const before = reads.length;
    await ask(AT_MS, NO_FILTER, 2);
    expect(reads.length).toBeGreaterThan(before);
  });

  it('V44 is not learnt anew all the time where that takes long', async () => {
    const { add, ask, reads } = await aDesk(1_000);
    await add(29 * 60, 30 * 60);
    await ask(AT_MS);
    const whole = reads.length;
    await add(28 * 60, 29 * 60);
    await ask(AT_MS);
    // It took as many seconds as there were reads, and each time 21 more pass.
    expect(reads).toHaveLength(whole);
    for (let asked = 0; asked < 5; asked++) await ask(AT_MS);
    expect(reads.length).toBe(2 * whole);
  });

  it('V44 is forgotten of slices that were not shown for long', async () => {
    const { add, ask, reads } = await aDesk();
    await add(26 * 60, 30 * 60);
    const slices = ['acme', 'birch', 'cedar', 'dune', 'elm'];
    for (const customer of slices) await ask(AT_MS, { ...NO_FILTER, customers: [customer] });
    const before = reads.length;
    await ask(AT_MS, { ...NO_FILTER, customers: ['elm'] });
    expect(reads).toHaveLength(before);
    await ask(AT_MS, { ...NO_FILTER, customers: ['acme'] });
    expect(reads.length).toBeGreaterThan(before);
  });

  it('V44 passes over what is damaged, and does not read it again and again', async () => {
    const { add, ask, reads, set } = await aDesk();
    await add(27 * 60, 30 * 60);
    // Said to be there, and is not.
    const missing = { fromMs: AT_MS, toMs: AT_MS + 5 * MINUTE_MS };
    set.coverage = { ...set.coverage, '1m': addInterval(set.coverage['1m'], missing) };
    expect((await ask(AT_MS + 5 * MINUTE_MS))?.[0]).toBeGreaterThan(0);
    const before = reads.length;
    await ask(AT_MS + 5 * MINUTE_MS);
    expect(reads).toHaveLength(before);
  });
});
