import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricUpdate, MetricsReply } from '#core/wire/metrics.ts';
import { metricsReplySchema } from '#core/wire/metrics.ts';
import { deliver } from './delivery.ts';
import type { MetricsQuery } from './query.ts';
import { aRollup, aSeries } from './testing/builders.ts';
import { ScriptedStore } from './testing/scripted-store.ts';

const START_MS = Date.UTC(2024, 4, 6, 12);
/** In the middle of a tick and of a 5 s bucket. */
const NOW_MS = START_MS + 3_600_000 + 2_345;
const NEWEST_MS = NOW_MS - 345 - 1;

/** A store with `rows` rows in each tick that starts so many ms after START_MS. */
function aStore(rowsAt: Readonly<Record<number, number>>, tickMs = 1_000): ScriptedStore {
  const store = new ScriptedStore({ tickMs, earliestMs: START_MS });
  for (const [afterMs, rows] of Object.entries(rowsAt)) {
    for (let i = 0; i < rows; i++) store.use(START_MS + Number(afterMs), aSeries(i), aRollup());
  }
  return store;
}

function ask(
  store: ScriptedStore,
  query: Partial<MetricsQuery> = {},
  nowMs = NOW_MS,
): MetricsReply {
  const reply = deliver(store, { limit: 10_000, ...query }, nowMs);
  expect(metricsReplySchema.parse(reply)).toEqual(reply);
  return reply;
}

/** Ticks of the rows, ms after START_MS. */
function ticksIn(reply: MetricsReply): number[] {
  return reply.metrics.map((update) => Date.parse(update.timestamp) - START_MS);
}

/** All pages from `since` on, asked for as a client would. */
function askAll(store: ScriptedStore, since: number, limit: number): MetricsReply[] {
  const pages = [ask(store, { since, limit })];
  for (let page = pages[0]; page && page.nextPollAfter === 0; page = pages.at(-1)) {
    pages.push(ask(store, { since: page.watermark, limit }));
  }
  return pages;
}

describe('delivery', () => {
  it('D1 delivers what came after since, which is exclusive, up to the watermark', () => {
    const at = (seconds: number) => 3_590_000 + seconds * 1_000;
    const store = aStore({ [at(0)]: 2, [at(1)]: 1, [at(11)]: 1, [at(12)]: 1 });
    const reply = ask(store, { since: START_MS + at(0) });
    // The tick at 12 s is not over.
    expect(ticksIn(reply)).toEqual([at(1), at(11)]);
    expect(reply).toMatchObject({
      since: START_MS + at(0),
      watermark: NEWEST_MS,
      nextPollAfter: 1_000,
      epoch: 'epoch-1',
      revision: 0,
    });
    expect(Object.keys(reply)).not.toContain('gap');
    expect(Object.keys(reply)).not.toContain('revised');
    expect(ticksIn(ask(store, { since: START_MS + at(0) - 1 }))).toEqual([
      at(0),
      at(0),
      at(1),
      at(11),
    ]);
  });

  it('D1 says what was used in the words of the wire', () => {
    const store = aStore({});
    store.use(START_MS + 3_599_000, aSeries(7), aRollup(3));
    const expected: MetricUpdate = {
      timestamp: '2024-05-06T12:59:59.000Z',
      tenantId: 'tenant',
      customerId: 'customer-7',
      model: 'model',
      totalCalls: 3,
      totalTokens: 3_000,
      totalCost: 0.0075,
      avgLatencyMs: 700,
    };
    expect(ask(store, { since: NEWEST_MS - 10_000 }).metrics).toEqual([expected]);
  });

  it('D2 without since goes back 5 minutes and starts at a 5 s boundary', () => {
    const store = aStore({ 3_295_000: 1, 3_300_000: 1, 3_302_000: 1 });
    const reply = ask(store);
    expect(reply.since).toBe(START_MS + 3_300_000 - 1);
    expect(ticksIn(reply)).toEqual([3_300_000, 3_302_000]);
  });

  it('D2 takes a since of the future for now', () => {
    const store = aStore({ 3_599_000: 1 });
    for (const since of [NEWEST_MS + 1, NOW_MS + 86_400_000, 999_999_999_999_999]) {
      expect(ask(store, { since })).toMatchObject({
        metrics: [],
        since: NEWEST_MS,
        watermark: NEWEST_MS,
        nextPollAfter: 1_000,
      });
    }
  });

  it('D2 answers with its own watermark when its clock jumped back', () => {
    const store = aStore({ 3_590_000: 1, 3_599_000: 1 });
    const earlierMs = NOW_MS - 5_000;
    const reply = ask(store, { since: NEWEST_MS }, earlierMs);
    expect(reply).toMatchObject({
      metrics: [],
      since: NEWEST_MS - 5_000,
      watermark: NEWEST_MS - 5_000,
    });
  });

  it('D3 a page never splits a tick, and ends with the end of its last tick', () => {
    const store = aStore({ 3_590_000: 2, 3_592_000: 2, 3_595_000: 3 });
    const since = START_MS + 3_590_000 - 1;
    const pages = askAll(store, since, 4);
    expect(pages.map(ticksIn)).toEqual([
      [3_590_000, 3_590_000, 3_592_000, 3_592_000],
      [3_595_000, 3_595_000, 3_595_000],
    ]);
    // The empty ticks at 3,593 s and 3,594 s are in the first page: they are known to be empty.
    expect(pages.map((page) => page.watermark)).toEqual([START_MS + 3_595_000 - 1, NEWEST_MS]);
    expect(pages.map((page) => page.since)).toEqual([since, START_MS + 3_595_000 - 1]);
    expect(pages.map((page) => page.nextPollAfter)).toEqual([0, 1_000]);
    expect(askAll(store, since, 3).map((page) => page.metrics.length)).toEqual([2, 2, 3]);
  });

  it('D3 delivers a tick larger than the limit whole', () => {
    const store = aStore({ 3_590_000: 5, 3_591_000: 1 });
    const pages = askAll(store, START_MS + 3_585_000, 2);
    expect(pages.map((page) => page.metrics.length)).toEqual([5, 1]);
    expect(pages[0]?.watermark).toBe(START_MS + 3_591_000 - 1);
  });

  it('D3 is complete with a full page when only empty ticks follow', () => {
    const store = aStore({ 3_590_000: 2 });
    const reply = ask(store, { since: START_MS + 3_585_000, limit: 2 });
    expect(reply).toMatchObject({ watermark: NEWEST_MS, nextPollAfter: 1_000 });
  });

  it('D4 says that what is older than 15 minutes is to be had from history, in whole 5 s', () => {
    // Kept raw from 45:02.345 on; the bucket that this cuts is not sent.
    const store = aStore({ 1_000_000: 1, 2_702_000: 1, 2_704_000: 1, 2_705_000: 1, 3_000_000: 1 });
    const since = START_MS + 1_001_234;
    const reply = ask(store, { since });
    expect(reply.gap).toEqual({ from: START_MS + 1_000_000, to: START_MS + 2_705_000 });
    expect(ticksIn(reply)).toEqual([2_705_000, 3_000_000]);
    expect(reply).toMatchObject({ since, watermark: NEWEST_MS, nextPollAfter: 1_000 });
  });

  it('D4 has no gap when everything asked for is still kept', () => {
    const keptFrom = NOW_MS - 15 * 60_000;
    expect(ask(aStore({}), { since: keptFrom - 1 }).gap).toBeUndefined();
    expect(ask(aStore({}), { since: keptFrom - 2 }).gap).toEqual({
      from: START_MS + 2_700_000,
      to: START_MS + 2_705_000,
    });
  });

  it('D4 has no gap before the first use: there is nothing to fetch', () => {
    expect(ask(aStore({}), { since: 0 }).gap).toEqual({
      from: START_MS,
      to: START_MS + 2_705_000,
    });
    const young = new ScriptedStore({ earliestMs: START_MS + 3_000_000 });
    expect(ask(young, { since: 0 }).gap).toBeUndefined();
  });

  it('D4 names a gap on the first page only', () => {
    const store = aStore({ 2_800_000: 3, 2_900_000: 3, 3_000_000: 3 });
    const pages = askAll(store, 0, 3);
    expect(pages.map((page) => page.gap !== undefined)).toEqual([true, false, false]);
    expect(pages.map((page) => page.metrics.length)).toEqual([3, 3, 3]);
  });

  it('D4 keeps a gap behind the watermark of a source that lags', () => {
    const store = aStore({ 1_000_000: 1, 1_007_000: 1, 1_008_000: 1 });
    store.holdWatermark(START_MS + 1_007_999);
    const reply = ask(store, { since: 0 });
    expect(reply.gap).toEqual({ from: START_MS, to: START_MS + 1_005_000 });
    expect(ticksIn(reply)).toEqual([1_007_000]);
    expect(reply.watermark).toBe(START_MS + 1_007_999);
    const later = ask(store, { since: START_MS + 1_007_000 });
    expect(later).toMatchObject({ metrics: [], since: START_MS + 1_007_000 });
    expect(later.gap).toBeUndefined();
  });

  it('D7 leaves to history what is older than who asks wants to have raw', () => {
    const store = aStore({ 3_580_000: 1, 3_592_000: 1, 3_596_000: 1 });
    const since = START_MS + 3_571_234;
    const reply = ask(store, { since, rawMs: 10_000 });
    // Wanted from 59:52.345 on; the bucket that this cuts is not sent.
    expect(reply.gap).toEqual({ from: START_MS + 3_570_000, to: START_MS + 3_595_000 });
    expect(ticksIn(reply)).toEqual([3_596_000]);
    expect(reply).toMatchObject({ since, watermark: NEWEST_MS, nextPollAfter: 1_000 });
    expect(ask(store, { since: NOW_MS - 10_001, rawMs: 10_000 }).gap).toBeUndefined();
    const first = ask(store, { rawMs: 10_000 });
    expect(first.gap).toEqual({ from: START_MS + 3_300_000, to: START_MS + 3_595_000 });
  });

  it('D5 announces what was revised to whoever asks with an older revision', () => {
    const store = aStore({ 3_590_000: 1 });
    store.revise(START_MS + 3_591_000, aSeries(), aRollup());
    store.revise(START_MS + 1_000, aSeries(), aRollup());
    const first = { from: START_MS + 3_590_000, to: START_MS + 3_595_000 };
    const second = { from: START_MS, to: START_MS + 5_000 };
    const since = NEWEST_MS;
    expect(ask(store, { since, revision: 0 })).toMatchObject({
      revision: 2,
      revised: [first, second],
    });
    expect(ask(store, { since, revision: 1 }).revised).toEqual([second]);
    expect(ask(store, { since, revision: 2 }).revised).toBeUndefined();
    expect(ask(store, { since, revision: 3 }).revised).toBeUndefined();
    expect(ask(store, { since })).toMatchObject({ revision: 2 });
    expect(ask(store, { since }).revised).toBeUndefined();
  });

  it('D6 names the data set, also when it is another one', () => {
    const store = aStore({ 3_590_000: 1 });
    store.startEpoch('epoch-2');
    expect(ask(store, { since: NEWEST_MS - 60_000 })).toMatchObject({
      epoch: 'epoch-2',
      metrics: [],
    });
  });

  it('D3 pages of any size deliver every row once, in order, without a hole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(200, 1_000),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(20_000),
        (rows, tickMs, limit, backMs) => {
          const firstMs = 3_602_000 - rows.length * tickMs;
          const store = aStore(
            Object.fromEntries(rows.map((count, i) => [firstMs + i * tickMs, count])),
            tickMs,
          );
          const since = NEWEST_MS - backMs;
          const pages = askAll(store, since, limit);
          const whole = ask(store, { since, limit: 50_000 });
          expect(pages.flatMap((page) => page.metrics)).toEqual(whole.metrics);
          expect(pages.map((page) => page.since)).toEqual([
            since,
            ...pages.slice(0, -1).map((page) => page.watermark),
          ]);
          expect(pages.at(-1)?.watermark).toBe(whole.watermark);
          for (const page of pages) {
            const ticks = new Set(ticksIn(page));
            expect(page.metrics.length <= limit || ticks.size === 1).toBe(true);
          }
        },
      ),
      { seed: 20_240_102, numRuns: 60 },
    );
  });
});
