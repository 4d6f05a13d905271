import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BucketTable } from '../rollup/bucket-table.ts';
import { SeriesDictionary } from '../rollup/series.ts';
import { clipTo, type IntervalSet } from '../time/intervals.ts';
import { type MetricsReply, type MetricUpdate, rollupOf } from '../wire/metrics.ts';
import { Ingest } from './ingest.ts';

const SEED = { seed: 20_261_124, numRuns: 200 };
const START_MS = Date.UTC(2026, 10, 21, 9);
const TICK_MS = 1_000;

/** An update in the tick that starts `tick` seconds after the start. */
function anUpdate(tick: number, over: Partial<MetricUpdate> = {}): MetricUpdate {
  return {
    timestamp: new Date(START_MS + tick * TICK_MS).toISOString(),
    tenantId: 'north',
    customerId: 'acme',
    model: 'gpt-4o',
    totalCalls: 2,
    totalTokens: 100 + tick,
    totalCost: 0.001_5,
    avgLatencyMs: 350,
    ...over,
  };
}

/** The reply that delivers the ticks from `fromTick` up to but not including `toTick`. */
function aReply(fromTick: number, toTick: number, over: Partial<MetricsReply> = {}): MetricsReply {
  const ticks = Array.from({ length: Math.max(0, toTick - fromTick) }, (_, i) => fromTick + i);
  return {
    metrics: ticks.map((tick) => anUpdate(tick)),
    nextPollAfter: 1_000,
    since: START_MS + fromTick * TICK_MS - 1,
    watermark: START_MS + toTick * TICK_MS - 1,
    epoch: 'e',
    revision: 0,
    ...over,
  };
}

const atTick = (tick: number) => START_MS + tick * TICK_MS;
const spans = (ingest: Ingest): IntervalSet =>
  (ingest.closed()?.chunks ?? []).map(({ fromMs, toMs }) => ({ fromMs, toMs }));
const tokensOf = (ingest: Ingest): number[] =>
  (ingest.closed()?.chunks ?? []).flatMap((chunk) => [...chunk.rows.tokens]);

function fresh(): Ingest {
  return new Ingest(new SeriesDictionary(), null);
}

describe('ingest', () => {
  it('I1 changes nothing when a reply is applied again', () => {
    const once = fresh();
    const twice = fresh();
    for (const reply of [aReply(0, 7), aReply(7, 12)]) {
      once.accept(reply);
      twice.accept(reply);
      twice.accept(reply);
    }
    twice.accept(aReply(0, 7));
    twice.accept(aReply(3, 12));
    expect(twice.closed()).toEqual(once.closed());
    expect(twice.watermarkMs).toBe(atTick(12) - 1);
  });

  it('I1 takes only what is newer from a reply that overlaps', () => {
    const overlapping = fresh();
    overlapping.accept(aReply(0, 7));
    overlapping.accept(aReply(4, 15));
    const direct = fresh();
    direct.accept(aReply(0, 15));
    expect(overlapping.closed()).toEqual(direct.closed());
  });

  it('I2 closes a bucket when the watermark has passed its end, whatever has arrived', () => {
    const ingest = fresh();
    ingest.accept(aReply(0, 4));
    expect(ingest.closed()).toBeNull();
    ingest.accept({ ...aReply(4, 5), watermark: atTick(5) - 2 });
    expect(ingest.closed()).toBeNull();
    ingest.accept(aReply(5, 5, { since: atTick(5) - 2 }));
    expect(spans(ingest)).toEqual([{ fromMs: atTick(0), toMs: atTick(5) }]);
    expect(ingest.closed()?.coveredToMs).toBe(atTick(5));
  });

  it('I3 leaves the partial bucket that it started in to history', () => {
    const ingest = fresh();
    ingest.accept(aReply(3, 12));
    expect(spans(ingest)).toEqual([{ fromMs: atTick(5), toMs: atTick(10) }]);
    expect(tokensOf(ingest)).toEqual([105 + 106 + 107 + 108 + 109]);
  });

  it('I4 does not claim a gap, nor the buckets that it cuts', () => {
    const ingest = new Ingest(new SeriesDictionary(), atTick(5));
    ingest.accept(
      aReply(25, 37, { since: atTick(5) - 1, gap: { from: atTick(5), to: atTick(25) } }),
    );
    expect(spans(ingest)).toEqual([{ fromMs: atTick(25), toMs: atTick(35) }]);
    expect(ingest.closed()?.coveredToMs).toBe(atTick(35));
  });

  it('I5 knows an empty tick as nothing used, which is not a gap', () => {
    const ingest = fresh();
    ingest.accept(aReply(0, 10, { metrics: [] }));
    expect(spans(ingest)).toEqual([{ fromMs: atTick(0), toMs: atTick(10) }]);
    expect(tokensOf(ingest)).toEqual([]);
  });

  it('I6 stands still while the server clock is behind what was delivered, and then goes on', () => {
    const ingest = fresh();
    ingest.accept(aReply(0, 10));
    ingest.forgetBefore(atTick(10));
    ingest.accept(aReply(4, 6));
    ingest.accept(aReply(6, 6, { since: atTick(6) - 1 }));
    expect(ingest.watermarkMs).toBe(atTick(10) - 1);
    expect(ingest.closed()).toBeNull();
    ingest.accept(aReply(10, 15));
    expect(spans(ingest)).toEqual([{ fromMs: atTick(10), toMs: atTick(15) }]);
  });

  it('I7 gives the same buckets however the ticks are cut into replies and repeated', () => {
    const cuts = fc
      .array(fc.nat(60), { maxLength: 12 })
      .map((all) => [...all, 60].sort((a, b) => a - b));
    fc.assert(
      fc.property(cuts, fc.infiniteStream(fc.nat(9)), (ends, backs) => {
        const ingest = fresh();
        ingest.accept(aReply(0, 0));
        let reached = 0;
        const stored = new BucketTable(5_000);
        for (const end of ends) {
          const back = backs.next().value ?? 0;
          ingest.accept(aReply(Math.max(0, reached - back), end));
          reached = Math.max(reached, end);
          const closed = ingest.closed();
          if (closed && back % 2 === 0) {
            for (const chunk of closed.chunks) stored.addRows(chunk.rows);
            ingest.forgetBefore(closed.coveredToMs);
          }
        }
        for (const chunk of ingest.closed()?.chunks ?? []) stored.addRows(chunk.rows);
        const truth = new BucketTable(5_000);
        for (const update of aReply(0, 60).metrics) {
          truth.add(Date.parse(update.timestamp), 0, rollupOf(update));
        }
        expect(stored.toRows()).toEqual(truth.toRows());
      }),
      SEED,
    );
  });

  it('I8 offers what is not stored again, until it is told that it is', () => {
    const ingest = fresh();
    ingest.accept(aReply(0, 5));
    const first = ingest.closed();
    expect(ingest.closed()).toEqual(first);
    ingest.accept(aReply(5, 10));
    expect(clipTo(spans(ingest), { fromMs: atTick(0), toMs: atTick(5) })).toHaveLength(1);
    ingest.forgetBefore(atTick(10));
    expect(ingest.closed()).toBeNull();
  });

  it('I9 shows the bucket that is still filling, up to the watermark and from a boundary on', () => {
    const ingest = fresh();
    ingest.accept(aReply(3, 12));
    ingest.forgetBefore(atTick(10));
    expect(ingest.open()).toMatchObject({ fromMs: atTick(10), toMs: atTick(12) });
    expect([...(ingest.open()?.rows.tokens ?? [])]).toEqual([110 + 111]);
    const late = fresh();
    late.accept(aReply(3, 4));
    expect(late.open()).toBeNull();
  });
});
