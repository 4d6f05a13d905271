import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BucketTable } from '../rollup/bucket-table.ts';
import { SeriesDictionary } from '../rollup/series.ts';
import { type HistoryReply, packHistory, parseHistoryReply, unpackHistory } from './history.ts';

const FROM_MS = 1_790_000_000_000;
const BUCKETS = 720;
const SEED = { seed: 20_261_123, numRuns: 200 };

const keyOf = (i: number) => ({ tenantId: `t${i % 3}`, customerId: `c${i}`, model: 'gpt-4' });

const count = fc.oneof(fc.nat(50), fc.nat(2 ** 31 - 1));
const cell = fc.record({
  bucket: fc.nat(BUCKETS - 1),
  series: fc.nat(12),
  rollup: fc.record({ calls: count, tokens: count, costMicroUsd: count, latencyMsSum: count }),
});
const anyTable = fc.array(cell, { maxLength: 80 }).map((cells) => {
  const table = new BucketTable(5_000);
  for (const one of cells) table.add(FROM_MS + one.bucket * 5_000, one.series, one.rollup);
  return table;
});

function aReply(table: BucketTable): HistoryReply {
  const dictionary = new SeriesDictionary(Array.from({ length: 13 }, (_, i) => keyOf(i)));
  return {
    epoch: 'e',
    revision: 0,
    resolution: '5s',
    from: FROM_MS,
    completeTo: FROM_MS + BUCKETS * 5_000,
    ...packHistory(table.toRows(), dictionary, FROM_MS, 5_000),
  };
}

function aSmallReply(): HistoryReply {
  const table = new BucketTable(5_000);
  const rollup = { calls: 2, tokens: 900, costMicroUsd: 12_345, latencyMsSum: 2_100 };
  for (let i = 0; i < 6; i++) table.add(FROM_MS + i * 5_000, i % 2, rollup);
  return aReply(table);
}

describe('history on the wire', () => {
  it('A22 gives back any rows exactly, whatever ids the reader has given to the series', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const body: unknown = JSON.parse(JSON.stringify(aReply(table)));
        const parsed = parseHistoryReply(body);
        if (!parsed.ok) throw new Error(parsed.reason);
        const reader = new SeriesDictionary([12, 3, 7].map(keyOf));
        const rows = unpackHistory(parsed.value, reader);
        const renamed = new BucketTable(5_000);
        const sent = table.toRows();
        for (let i = 0; i < sent.length; i++) {
          renamed.add(sent.bucketStartMs[i] ?? 0, reader.idOf(keyOf(sent.series[i] ?? 0)), {
            calls: sent.calls[i] ?? 0,
            tokens: sent.tokens[i] ?? 0,
            costMicroUsd: sent.costMicroUsd[i] ?? 0,
            latencyMsSum: sent.latencyMsSum[i] ?? 0,
          });
        }
        expect(rows).toEqual(renamed.toRows());
      }),
      SEED,
    );
  });

  it('A22 says in the documents what this says', () => {
    const { series, perSeries, perRow } = aSmallReply();
    expect({ series, perSeries, perRow }).toEqual({
      series: [keyOf(0), keyOf(1)],
      perSeries: {
        rows: 'DD',
        calls: 'GG',
        tokens: 's0Cs0C',
        costMicroUsd: 'rlkBrlkB',
        latencyMsSum: '8kG8kG',
      },
      perRow: {
        skipped: 'ABBBBB',
        calls: 'EAAEAA',
        tokens: 'AAAAAA',
        costMicroUsd: 'AAAAAA',
        latencyMsSum: 'AAAAAA',
      },
    });
  });

  const broken: [string, (reply: HistoryReply) => object][] = [
    ['a column that is missing', ({ perRow: { calls: _, ...perRow } }) => ({ perRow })],
    [
      'numbers in the place of a column',
      () => ({ perRow: { ...aSmallReply().perRow, calls: [1] } }),
    ],
    ['a column that is too short', ({ perRow }) => ({ perRow: { ...perRow, tokens: 'A' } })],
    ['a column in another alphabet', ({ perRow }) => ({ perRow: { ...perRow, tokens: '......' } })],
    ['more rows than there are', ({ perSeries }) => ({ perSeries: { ...perSeries, rows: 'DE' } })],
    ['a series without a row', ({ perSeries }) => ({ perSeries: { ...perSeries, rows: 'GA' } })],
    ['a series without a name', ({ series }) => ({ series: series.slice(1) })],
    ['a series twice', () => ({ series: [keyOf(0), keyOf(0)] })],
    ['amounts below zero', ({ perRow }) => ({ perRow: { ...perRow, calls: 'FAAEAA' } })],
    ['a row beyond the end', () => ({ completeTo: FROM_MS + 5 * 5_000 })],
    ['an end before the start', () => ({ completeTo: FROM_MS - 5_000 })],
    ['half a bucket', () => ({ completeTo: FROM_MS + BUCKETS * 5_000 + 2_500 })],
  ];

  it.each(broken)('A23 refuses %s, and learns nothing from it', (_, breakIt) => {
    const reply = aSmallReply();
    expect(parseHistoryReply(reply).ok).toBe(true);
    expect(parseHistoryReply({ ...reply, ...breakIt(reply) }).ok).toBe(false);
  });

  it('A23 gives whole amounts inside the stretch, or a reason, for any columns', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ABCgh/9'), maxLength: 12 });
    const columns = fc.tuple(text, text, text, text, text, text);
    fc.assert(
      fc.property(columns, ([rows, skipped, calls, tokens, cost, latency]) => {
        const reply = aSmallReply();
        const parsed = parseHistoryReply({
          ...reply,
          perSeries: { ...reply.perSeries, rows },
          perRow: { skipped, calls, tokens, costMicroUsd: cost, latencyMsSum: latency },
        });
        if (!parsed.ok) return;
        const unpacked = unpackHistory(parsed.value, new SeriesDictionary());
        for (const at of unpacked.bucketStartMs) expect(at).toBeLessThan(reply.completeTo);
        for (const amount of unpacked.tokens) expect(Number.isSafeInteger(amount)).toBe(true);
      }),
      { ...SEED, numRuns: 2_000 },
    );
  });
});
