import { describe, expect, it } from 'vitest';
import { type RollupRows, MEASURES } from '#core/rollup/rollup.ts';
import { SeriesDictionary } from '#core/rollup/series.ts';
import { RESOLUTION_MS } from '#core/time/resolution.ts';
import {
  type HistoryPage,
  historyReplySchema,
  parseHistoryReply,
  unpackHistory,
} from '#core/wire/history.ts';
import { readHistory } from './history.ts';
import type { HistoryQuery } from './query.ts';
import { aRollup, aSeries } from './testing/builders.ts';
import { ScriptedStore } from './testing/scripted-store.ts';

const START_MS = Date.UTC(2024, 4, 6, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** In the middle of a tick, of a 5 s bucket and of a minute. */
const NOW_MS = START_MS + HOUR_MS + 62_345;

/** A store that was used once every 7 s by one of three series. */
function aStore(): ScriptedStore {
  const store = new ScriptedStore({ earliestMs: START_MS });
  for (let ms = START_MS; ms < NOW_MS; ms += 7_000) {
    store.use(ms, aSeries(ms % 3), aRollup(1 + (ms % 11)));
  }
  return store;
}

async function ask(store: ScriptedStore, query: Partial<HistoryQuery> = {}): Promise<HistoryPage> {
  const wanted = { from: START_MS, to: START_MS + HOUR_MS, resolution: '5s', ...query } as const;
  const answer = readHistory(store, wanted, NOW_MS);
  if (!answer.ok) throw new Error(answer.problem.detail);
  const body = await answer.body();
  expect(historyReplySchema.parse(body)).toEqual(body);
  const parsed = parseHistoryReply(body);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

function tagOf(store: ScriptedStore, query: Partial<HistoryQuery> = {}): string | null {
  const wanted = { from: START_MS, to: START_MS + HOUR_MS, resolution: '5s', ...query } as const;
  const answer = readHistory(store, wanted, NOW_MS);
  return answer.ok ? answer.tag : null;
}

/** All pages of a question, asked for as a client would. */
async function askAll(store: ScriptedStore, query: Partial<HistoryQuery>): Promise<HistoryPage[]> {
  const pages = [await ask(store, query)];
  for (let next = pages[0]?.nextFrom; next !== undefined; next = pages.at(-1)?.nextFrom) {
    pages.push(await ask(store, { ...query, from: next }));
  }
  return pages;
}

/** A line for every row, by the names of things rather than ids. */
function linesOf(rows: RollupRows, series: SeriesDictionary): string[] {
  return Array.from({ length: rows.length }, (_, i) => {
    const { customerId } = series.keyOf(rows.series[i] ?? 0);
    const measures = MEASURES.map((measure) => rows[measure][i]);
    return `${rows.bucketStartMs[i]} ${customerId} ${measures.join(' ')}`;
  }).sort();
}

function linesIn(pages: readonly HistoryPage[]): string[] {
  const series = new SeriesDictionary();
  return pages.flatMap((page) => linesOf(unpackHistory(page, series), series)).sort();
}

describe('history', () => {
  it.each(['5s', '1m', '1h'] as const)(
    'A3 packs the rollups of a span at %s',
    async (resolution) => {
      const store = aStore();
      const reply = await ask(store, { resolution });
      expect(reply).toMatchObject({
        epoch: 'epoch-1',
        revision: 0,
        resolution,
        from: START_MS,
        completeTo: START_MS + HOUR_MS,
      });
      expect(reply.nextFrom).toBeUndefined();
      const rows = store.rollups(START_MS, START_MS + HOUR_MS, resolution);
      expect(rows.length).toBeGreaterThan(0);
      expect(linesIn([reply])).toEqual(linesOf(rows, store.series));
    },
  );

  it('A3 widens the span to whole buckets', async () => {
    const query = { from: START_MS + 61_000, to: START_MS + 119_999, resolution: '1m' } as const;
    const reply = await ask(aStore(), query);
    expect(reply).toMatchObject({ from: START_MS + 60_000, completeTo: START_MS + 120_000 });
  });

  it('A4 has closed buckets only', async () => {
    const store = aStore();
    const to = NOW_MS + HOUR_MS;
    expect((await ask(store, { to })).completeTo).toBe(START_MS + HOUR_MS + 60_000);
    expect((await ask(store, { to, resolution: '1m' })).completeTo).toBe(
      START_MS + HOUR_MS + 60_000,
    );
    expect((await ask(store, { to, resolution: '1h' })).completeTo).toBe(START_MS + HOUR_MS);
    const last = await ask(store, { from: START_MS + HOUR_MS, to, resolution: '1m' });
    expect(linesIn([last])).toEqual(
      linesOf(store.rollups(START_MS + HOUR_MS, START_MS + HOUR_MS + 60_000, '1m'), store.series),
    );
    // 13:01:00 to 13:01:02.345: the bucket that ends at :05 is open.
    store.holdWatermark(START_MS + HOUR_MS + 59_998);
    expect((await ask(store, { to, resolution: '1m' })).completeTo).toBe(START_MS + HOUR_MS);
    store.holdWatermark(START_MS + HOUR_MS + 59_999);
    expect((await ask(store, { to, resolution: '1m' })).completeTo).toBe(
      START_MS + HOUR_MS + 60_000,
    );
  });

  it('A4 answers for the future that nothing is complete', async () => {
    const from = NOW_MS + HOUR_MS;
    const reply = await ask(aStore(), { from, to: from + HOUR_MS, resolution: '1m' });
    expect(reply.completeTo).toBe(reply.from);
    expect(reply).toMatchObject({ series: [], groups: { counts: new Float64Array() } });
    expect(reply.nextFrom).toBeUndefined();
  });

  it.each([
    [1, '5s'],
    [600 * 5_000, '5s'],
    [600 * 5_000 + 1, '1m'],
    [600 * 60_000, '1m'],
    [600 * 60_000 + 1, '1h'],
    [400 * DAY_MS, '1h'],
  ])('A5 picks a resolution with at most 600 buckets for %i ms: %s', async (spanMs, resolution) => {
    const query = { from: NOW_MS - spanMs, to: NOW_MS, resolution: 'auto' } as const;
    expect((await ask(aStore(), query)).resolution).toBe(resolution);
  });

  it.each([
    ['an empty span', START_MS, START_MS, 'from: give an instant before `to`'],
    ['a reversed span', START_MS + 1, START_MS, 'from: give an instant before `to`'],
    [
      'a span over 400 days',
      START_MS - 400 * DAY_MS - 1,
      START_MS,
      'from: give an instant at most 400 days before `to`',
    ],
  ])('A2 refuses %s', async (_, from, to, detail) => {
    expect(readHistory(aStore(), { from, to, resolution: '1h' }, NOW_MS)).toEqual({
      ok: false,
      problem: {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail,
        parameter: 'from',
      },
    });
  });

  it.each([
    ['is closed', {}, START_MS + HOUR_MS + 60_000, true],
    ['is still open', { to: NOW_MS }, START_MS + HOUR_MS + 60_000, false],
    ['is closed late', {}, START_MS + HOUR_MS - 1, true],
    ['is not closed yet', {}, START_MS + HOUR_MS - 2, false],
  ])('A24 tags what %s', (_, query, watermarkMs, isTagged) => {
    const store = aStore();
    store.holdWatermark(watermarkMs);
    expect(tagOf(store, query) !== null).toBe(isTagged);
  });

  it('A24 tags another revision, span or resolution by another name, the same by the same', () => {
    const store = aStore();
    const tags = [
      tagOf(store),
      tagOf(store, { to: START_MS + HOUR_MS - 5_000 }),
      tagOf(store, { from: START_MS + 5_000 }),
      tagOf(store, { resolution: '1m' }),
    ];
    store.revise(START_MS, aSeries(0), null);
    expect(new Set([...tags, tagOf(store)]).size).toBe(tags.length + 1);
    expect(tagOf(store)).toBe(tagOf(store, { from: START_MS + 1, to: START_MS + HOUR_MS - 1 }));
  });

  it('A6 comes in pages of at most 28,000 rows that join without a hole', async () => {
    const store = new ScriptedStore({ earliestMs: START_MS });
    for (let ms = START_MS; ms < START_MS + HOUR_MS; ms += 5_000) {
      for (let i = 0; i < 150; i++) store.use(ms, aSeries(i), aRollup());
    }
    const pages = await askAll(store, { to: NOW_MS });
    const rows = pages.map((page) => page.groups.buckets.length);
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(150 * 720);
    expect(rows.length).toBeGreaterThan(1);
    expect(Math.max(...rows)).toBeLessThanOrEqual(28_000);
    expect(pages.map((page) => page.from).slice(1)).toEqual(
      pages.map((page) => page.completeTo).slice(0, -1),
    );
    expect(pages.at(-1)?.completeTo).toBe(START_MS + HOUR_MS + 60_000);
    expect(linesIn(pages)).toEqual(
      linesOf(store.rollups(START_MS, START_MS + HOUR_MS, '5s'), store.series),
    );
  });

  it('A6 bounds pages by buckets too, when there is little in them', async () => {
    const store = new ScriptedStore({ earliestMs: START_MS - 10 * DAY_MS });
    const pages = await askAll(store, { from: START_MS - 2 * DAY_MS });
    const buckets = pages.map((page) => (page.completeTo - page.from) / RESOLUTION_MS['5s']);
    expect(Math.max(...buckets)).toBeLessThanOrEqual(20_000);
    expect(buckets.reduce((sum, count) => sum + count, 0)).toBe((2 * DAY_MS + HOUR_MS) / 5_000);
  });

  it('A6 spends no page on the time before the first use', async () => {
    const reply = await ask(aStore(), { from: START_MS - 300 * DAY_MS });
    expect(reply).toMatchObject({ from: START_MS - 300 * DAY_MS, completeTo: START_MS + HOUR_MS });
    expect(linesIn([reply])).toHaveLength(linesIn([await ask(aStore())]).length);
  });
});
