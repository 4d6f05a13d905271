import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BucketTable } from '../rollup/bucket-table.ts';
import type { Chunk } from '../rollup/chunk.ts';
import { SeriesDictionary } from '../rollup/series.ts';
import { buildFrame, spendRateAt } from './build-frame.ts';
import { type Filter, isEverything, isSameFilter, NO_FILTER, toggled } from './filter.ts';
import { type Frame, OTHER_MODELS } from './frame.ts';

const SEED = { seed: 20_261_125, numRuns: 100 };
const END_MS = Date.UTC(2026, 10, 21, 9, 10);
const START_MS = END_MS - 600_000;
const USD = 1_000_000;

const SERIES = new SeriesDictionary([
  { tenantId: 'north', customerId: 'acme', model: 'gpt-4o' },
  { tenantId: 'north', customerId: 'acme', model: 'claude' },
  { tenantId: 'south', customerId: 'bolt', model: 'gpt-4o' },
  { tenantId: 'south', customerId: 'core', model: 'claude' },
]);

interface Use {
  readonly bucket: number;
  readonly series: number;
  readonly calls: number;
  readonly tokens: number;
  readonly usd: number;
  readonly latencyMs: number;
}

const aUse = (over: Partial<Use> = {}): Use => ({
  bucket: 119,
  series: 0,
  calls: 2,
  tokens: 300,
  usd: 1,
  latencyMs: 500,
  ...over,
});

/** The ten minutes before `END_MS`, known whole; bucket 60 is the first of the window. */
function aChunk(uses: readonly Use[], from = 0, to = 120): Chunk {
  const table = new BucketTable(5_000);
  for (const use of uses) {
    const { calls, tokens, usd, latencyMs } = use;
    const rollup = { calls, tokens, costMicroUsd: usd * USD, latencyMsSum: latencyMs * calls };
    table.add(START_MS + use.bucket * 5_000, use.series, rollup);
  }
  const rows = table.toRows();
  return { fromMs: START_MS + from * 5_000, toMs: START_MS + to * 5_000, rows };
}

function aFrame(chunks: readonly Chunk[], filter: Filter = NO_FILTER): Frame {
  const playheadMs = END_MS - 1;
  return buildFrame({ number: 1, epoch: 'e', filter, playheadMs, series: SERIES, chunks });
}

const anyUses = fc.array(
  fc.record({
    bucket: fc.nat(119),
    series: fc.nat(3),
    calls: fc.integer({ min: 1, max: 9 }),
    tokens: fc.integer({ min: 1, max: 999 }),
    usd: fc.nat(50),
    latencyMs: fc.nat(900),
  }),
  { maxLength: 60 },
);
const anyFilter = fc.record({
  tenants: fc.subarray(['north', 'south']),
  customers: fc.subarray(['acme', 'bolt', 'core']),
  models: fc.subarray(['gpt-4o', 'claude']),
});

describe('key figures', () => {
  it('V20 add up the window, and compare it with the one before', () => {
    const frame = aFrame([
      aChunk([
        aUse({ bucket: 10, usd: 2, tokens: 600, calls: 1, latencyMs: 100 }),
        aUse({ bucket: 70, usd: 3, tokens: 900, calls: 3, latencyMs: 400 }),
        aUse({ bucket: 80, series: 2, usd: 1, tokens: 300, calls: 1, latencyMs: 800 }),
      ]),
    ]);
    const { spendUsd, tokensPerSecond, callsPerSecond, meanLatencyMs, activeCustomers } =
      frame.keyFigures;
    expect([spendUsd.value, spendUsd.before]).toEqual([4, 2]);
    expect([tokensPerSecond.value, tokensPerSecond.before]).toEqual([4, 2]);
    expect([callsPerSecond.value, callsPerSecond.before]).toEqual([4 / 300, 1 / 300]);
    expect([meanLatencyMs.value, meanLatencyMs.before]).toEqual([500, 100]);
    expect([activeCustomers.value, activeCustomers.before]).toEqual([2, 1]);
  });

  it('V20 weigh latency by calls, and have none where there were no calls', () => {
    const { meanLatencyMs } = aFrame([
      aChunk([
        aUse({ bucket: 60, calls: 9, latencyMs: 100 }),
        aUse({ bucket: 60, series: 1, calls: 1, latencyMs: 1_100 }),
      ]),
    ]).keyFigures;
    expect(meanLatencyMs.value).toBe(200);
    expect(meanLatencyMs.trend.slice(0, 2)).toEqual([200, null]);
    expect(aFrame([aChunk([])]).keyFigures.meanLatencyMs).toMatchObject({
      value: null,
      before: null,
    });
  });

  it('V21 do not compare with a window that is not known whole', () => {
    const frame = aFrame([aChunk([aUse()], 1)]);
    expect(frame.keyFigures.spendUsd).toMatchObject({ value: 1, before: null });
    expect(frame.coveredMs).toBe(300_000);
  });

  it('V21 say nothing at all where nothing is known, and rates over the known part only', () => {
    const nothing = aFrame([]);
    expect(nothing.keyFigures.spendUsd).toMatchObject({ value: null, before: null });
    expect(new Set(nothing.keyFigures.tokensPerSecond.trend)).toEqual(new Set([null]));
    const half = aFrame([aChunk([aUse({ tokens: 1_500 })], 90)]);
    expect(half.coveredMs).toBe(150_000);
    expect(half.keyFigures.tokensPerSecond.value).toBe(10);
  });
});

describe('breakdowns', () => {
  it('V22 rank models by cost, and customers with their tenant, latency and trend', () => {
    const frame = aFrame([
      aChunk([
        aUse({ bucket: 60, series: 0, usd: 1 }),
        aUse({ bucket: 62, series: 1, usd: 5, calls: 2, latencyMs: 900 }),
        aUse({ bucket: 119, series: 2, usd: 3 }),
        aUse({ bucket: 20, series: 3, usd: 99 }),
      ]),
    ]);
    expect(frame.costByModel).toEqual([
      { model: 'claude', costUsd: 5, tokens: 300 },
      { model: 'gpt-4o', costUsd: 4, tokens: 600 },
    ]);
    expect(frame.customers.map((one) => one.customerId)).toEqual(['acme', 'bolt']);
    expect(frame.customers[0]).toMatchObject({
      tenantId: 'north',
      costUsd: 6,
      calls: 4,
      meanLatencyMs: 700,
    });
    expect(frame.customers[0]?.trend).toHaveLength(20);
    expect(frame.customers[0]?.trend.slice(0, 2)).toEqual([6, 0]);
    expect(frame.customers[1]?.trend.at(-1)).toBe(3);
  });

  it('V27 put beside each point the same one window earlier, where that is known', () => {
    const uses = [aUse({ bucket: 7, tokens: 500 }), aUse({ bucket: 67, tokens: 800 })];
    const { tokens, before } = aFrame([aChunk(uses, 5)]).tokenSeries;
    expect([tokens[7], before[7], before[8]]).toEqual([800, 500, 0]);
    expect(before).toHaveLength(tokens.length);
    expect(before.slice(0, 6)).toEqual([null, null, null, null, null, 0]);
    const ofOthers = aFrame([aChunk(uses)], { ...NO_FILTER, tenants: ['south'] }).tokenSeries;
    expect(new Set(ofOthers.before)).toEqual(new Set([0]));
  });

  it('V22 add up to the whole, in any slice', () => {
    fc.assert(
      fc.property(anyUses, anyFilter, (uses, filter) => {
        const { costByModel, customers, keyFigures, tokenSeries } = aFrame([aChunk(uses)], filter);
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        const spend = keyFigures.spendUsd.value ?? Number.NaN;
        expect(sum(costByModel.map((one) => one.costUsd))).toBeCloseTo(spend, 6);
        expect(sum(customers.map((one) => one.costUsd))).toBeCloseTo(spend, 6);
        expect(sum(customers.flatMap((one) => one.trend.map(Number)))).toBeCloseTo(spend, 6);
        expect(sum(customers.map((one) => one.tokens))).toBe(sum(tokenSeries.tokens.map(Number)));
        for (const [i, tokens] of tokenSeries.tokens.entries()) {
          expect(sum(tokenSeries.byModel.map((one) => Number(one.tokens[i])))).toBe(tokens);
        }
      }),
      SEED,
    );
  });

  it('V23 show the seven most used models, and the rest as one', () => {
    const series = new SeriesDictionary(
      Array.from({ length: 12 }, (_, i) => ({ tenantId: 't', customerId: 'c', model: `m${i}` })),
    );
    const uses = Array.from({ length: 12 }, (_, i) => aUse({ series: i, tokens: 100 - i }));
    const chunks = [aChunk(uses)];
    const { byModel } = buildFrame({
      number: 1,
      epoch: 'e',
      filter: NO_FILTER,
      playheadMs: END_MS - 1,
      series,
      chunks,
    }).tokenSeries;
    expect(byModel.map((one) => one.model)).toEqual([
      'm0',
      'm1',
      'm2',
      'm3',
      'm4',
      'm5',
      'm6',
      OTHER_MODELS,
    ]);
    expect(byModel.at(-1)?.tokens.at(-1)).toBe(93 + 92 + 91 + 90 + 89);
  });
});

describe('a slice', () => {
  it('V24 counts only what all dimensions allow, any of the values within one', () => {
    const uses = [0, 1, 2, 3].map((series) => aUse({ series, usd: 10 ** series }));
    const spend = (over: Partial<Filter>) =>
      aFrame([aChunk(uses)], { ...NO_FILTER, ...over }).keyFigures.spendUsd.value;
    expect(spend({})).toBe(1_111);
    expect(spend({ tenants: ['north'] })).toBe(11);
    expect(spend({ models: ['claude'] })).toBe(1_010);
    expect(spend({ customers: ['bolt', 'core'] })).toBe(1_100);
    expect(spend({ tenants: ['north'], models: ['claude'] })).toBe(10);
    expect(spend({ tenants: ['north'], customers: ['bolt'] })).toBe(0);
    expect(spend({ models: ['unheard-of'] })).toBe(0);
  });

  it('V24 has its own spend rate, also of the bucket that is filling', () => {
    const open: Chunk = {
      ...aChunk([aUse({ bucket: 120, series: 3, usd: 7 })], 120, 121),
      toMs: END_MS + 2_000,
    };
    const chunks = [aChunk([aUse({ bucket: 115, series: 0, usd: 5 })]), open];
    const rate = (filter: Filter) => spendRateAt({ chunks, series: SERIES, filter }, open.toMs);
    expect(rate(NO_FILTER)).toMatchObject({ windowMs: 60_000, coveredMs: 60_000 });
    expect(rate(NO_FILTER).usdPerHour).toBeCloseTo((12 * 3_600) / 57, 6);
    const north = rate({ ...NO_FILTER, tenants: ['north'] });
    expect(north.usdPerHour).toBeCloseTo((5 * 3_600) / 57, 6);
  });

  it('V25 keeps every choice on offer, whatever is chosen', () => {
    const { choices } = aFrame([aChunk([])], { ...NO_FILTER, tenants: ['north'] });
    expect(choices).toEqual({
      tenants: ['north', 'south'],
      customers: ['acme', 'bolt', 'core'],
      models: ['claude', 'gpt-4o'],
    });
  });

  it('V26 takes a value in and out again', () => {
    const once = toggled(NO_FILTER, 'models', 'claude');
    expect(once.models).toEqual(['claude']);
    expect(isEverything(once)).toBe(false);
    expect(isSameFilter(toggled(once, 'models', 'claude'), NO_FILTER)).toBe(true);
    expect(isSameFilter(once, NO_FILTER)).toBe(false);
    expect(isEverything(NO_FILTER)).toBe(true);
  });
});
