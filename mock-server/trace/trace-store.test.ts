import { describe, expect, it } from 'vitest';
import { BucketTable } from '#core/rollup/bucket-table.ts';
import { describeMetricStore } from '../metric-store-contract.ts';
import { TENTHS_PER_MS } from './trace-instant.ts';
import { tracePeriod } from './trace-period.ts';
import type { TraceRequest } from './trace-rows.ts';
import { TraceStore } from './trace-store.ts';

const ANCHOR_MS = Date.UTC(2024, 4, 6, 7, 53, 20);
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

function aStore(
  requests: readonly TraceRequest[],
  { speed = 1, isLooped = true } = {},
): TraceStore {
  return new TraceStore(tracePeriod(requests, speed), {
    source: { kind: 'trace', label: 'replay of a test', isLatencyModelled: true },
    epoch: 'test',
    anchorMs: ANCHOR_MS,
    isLooped,
  });
}

/** A request so many ms, with fractions to four digits, after the recording began. */
function aRequest(afterMs: number, inputTokens = 100): TraceRequest {
  const ms = Math.floor(afterMs);
  const tenths = Math.round((afterMs - ms) * TENTHS_PER_MS);
  return { at: { ms: 1_700_000_000_123 + ms, tenths }, inputTokens, outputTokens: 10 };
}

/** Uneven requests over a span of the recording. */
function requestsOver(spanMs: number, count: number): TraceRequest[] {
  return Array.from({ length: count }, (_, i) =>
    aRequest(spanMs * (i / count) ** 1.3, 10 + ((i * 7_919) % 5_000)),
  );
}

/** Start and calls of the ticks with anything in them, ms from the anchor. */
function usedTicks(store: TraceStore, fromMs: number, toMs: number): [number, number][] {
  return [...store.ticks(ANCHOR_MS + fromMs, ANCHOR_MS + toMs)]
    .filter((tick) => tick.rows.length > 0)
    .map((tick) => [
      tick.startMs - ANCHOR_MS,
      tick.rows.reduce((sum, row) => sum + row.rollup.calls, 0),
    ]);
}

for (const speed of [1, 7, 600]) {
  // Played back, the recording lasts so long: loops within the spans that are asked for, or once over most of them.
  const looped = requestsOver(17 * MINUTE_MS * speed, 2_000);
  describeMetricStore(
    `trace x${speed}, looped`,
    () => aStore(looped, { speed }),
    ANCHOR_MS + 5 * HOUR_MS + 4_321,
  );
  const once = requestsOver(6 * HOUR_MS * speed, 4_000);
  describeMetricStore(
    `trace x${speed}, once`,
    () => aStore(once, { speed, isLooped: false }),
    ANCHOR_MS + 5 * HOUR_MS + 4_321,
  );
}

describe('trace store', () => {
  const requests = [aRequest(0), aRequest(2_999.9999), aRequest(3_000), aRequest(7_000)];

  it('T7 plays a request at anchor + offset / speed, floored to ms, in its second', () => {
    const once = { isLooped: false };
    expect(usedTicks(aStore(requests, once), 0, MINUTE_MS)).toEqual([
      [0, 1],
      [2_000, 1],
      [3_000, 1],
      [7_000, 1],
    ]);
    expect(usedTicks(aStore(requests, { ...once, speed: 3 }), 0, MINUTE_MS)).toEqual([
      [0, 2],
      [1_000, 1],
      [2_000, 1],
    ]);
    expect(usedTicks(aStore(requests, { ...once, speed: 0.5 }), 0, MINUTE_MS)).toEqual([
      [0, 1],
      [5_000, 1],
      [6_000, 1],
      [14_000, 1],
    ]);
  });

  it('T8 repeats with a period rounded up to 5 s, before the anchor too', () => {
    expect(usedTicks(aStore(requests), -10_000, 20_000)).toEqual([
      [-10_000, 1],
      [-8_000, 1],
      [-7_000, 1],
      [-3_000, 1],
      [0, 1],
      [2_000, 1],
      [3_000, 1],
      [7_000, 1],
      [10_000, 1],
      [12_000, 1],
      [13_000, 1],
      [17_000, 1],
    ]);
  });

  it('T8 begins the next round after the last request, even if that is at a 5 s boundary', () => {
    const store = aStore([aRequest(0), aRequest(5_000)]);
    expect(usedTicks(store, 0, 15_000)).toEqual([
      [0, 1],
      [5_000, 1],
      [10_000, 1],
    ]);
  });

  it('T8 reaches 400 days back from the anchor, and no further', () => {
    const store = aStore(requests);
    const days = 400 * 24 * HOUR_MS;
    expect(store.earliestMs).toBe(ANCHOR_MS - days);
    expect(usedTicks(store, -days - MINUTE_MS, -days + 3_000)).toEqual([
      [-days, 1],
      [-days + 2_000, 1],
    ]);
    const firstHour = Math.floor(store.earliestMs / HOUR_MS) * HOUR_MS;
    const calls = store.rollups(firstHour, firstHour + HOUR_MS, '1h').calls;
    const usedMs = firstHour + HOUR_MS - store.earliestMs;
    expect(calls.reduce((sum, count) => sum + count, 0)).toBe((usedMs / 10_000) * requests.length);
  });

  it('T8 is exact 400 days from its anchor, however much was used in between', () => {
    const store = aStore(Array.from({ length: 200 }, () => aRequest(0, 999_999_999)));
    const fromMs = Math.ceil(store.earliestMs / MINUTE_MS) * MINUTE_MS;
    const table = new BucketTable(MINUTE_MS);
    for (const tick of store.ticks(fromMs, fromMs + 5 * MINUTE_MS)) {
      for (const row of tick.rows) table.add(tick.startMs, row.series, row.rollup);
    }
    expect(store.rollups(fromMs, fromMs + 5 * MINUTE_MS, '1m')).toEqual(table.toRows());
  });

  it('T9 played once has nothing before its anchor, and is silent after its end while time goes on', () => {
    const store = aStore(requests, { isLooped: false });
    expect(store.earliestMs).toBe(ANCHOR_MS);
    expect(usedTicks(store, -HOUR_MS, 0)).toEqual([]);
    expect(usedTicks(store, 8_000, HOUR_MS)).toEqual([]);
    const laterMs = ANCHOR_MS + 1_000 * HOUR_MS;
    expect(store.watermarkAt(laterMs)).toBe(laterMs - 1);
    const hours = Math.floor(laterMs / HOUR_MS) * HOUR_MS;
    expect(store.rollups(hours - HOUR_MS, hours, '1h').length).toBe(0);
  });

  it('T5 prices and times each request, and adds up those of one second and series', () => {
    const one = aStore([aRequest(0, 1_000)]);
    const [tick] = one.ticks(ANCHOR_MS, ANCHOR_MS + 1_000);
    expect(tick?.rows).toHaveLength(1);
    // 250 ms + 1,000 x 0.04 ms + 10 x 15 ms
    expect(tick?.rows[0]?.rollup).toMatchObject({ calls: 1, tokens: 1_010, latencyMsSum: 440 });
    expect(tick?.rows[0]?.rollup.costMicroUsd).toBeGreaterThan(0);
    const many = aStore(Array.from({ length: 500 }, () => aRequest(0, 1_000)));
    const [crowded] = many.ticks(ANCHOR_MS, ANCHOR_MS + 1_000);
    const rows = crowded?.rows ?? [];
    expect(rows.length).toBeLessThan(500);
    expect(rows.reduce((sum, row) => sum + row.rollup.calls, 0)).toBe(500);
    expect(rows.reduce((sum, row) => sum + row.rollup.latencyMsSum, 0)).toBe(500 * 440);
  });
});
