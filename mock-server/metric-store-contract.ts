import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BucketTable } from '#core/rollup/bucket-table.ts';
import { MEASURES, type RollupRows } from '#core/rollup/rollup.ts';
import { FINEST_MS, RESOLUTION_MS, ceilTo, floorTo } from '#core/time/resolution.ts';
import { seriesKeySchema } from '#core/wire/fields.ts';
import { sourceInfoSchema } from '#core/wire/health.ts';
import type { MetricStore, Tick } from './metric-store.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const HOUR_MS = RESOLUTION_MS['1h'];
/** How far before the watermark random spans begin, at most. */
const REACH_MS = 26 * HOUR_MS;
const RANDOM_SPANS = { seed: 20_240_101, numRuns: 12 };

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The rules that every metric store keeps, as tests.
 *
 * @param makeStore makes a fresh store with the same options each time, as a restart would
 * @param nowMs an instant (epoch ms) with something used in the hour before it; best not a round one,
 *   and some hours after the store's `earliestMs`
 *
 * Spans that are no multiples of the resolution are the caller's fault: no rule says what comes back.
 */
export function describeMetricStore(
  name: string,
  makeStore: () => MetricStore,
  nowMs: number,
): void {
  describe(`metric store: ${name}`, () => {
    describeIdentity(makeStore, nowMs);
    describeTicks(makeStore, nowMs);
    describeRollups(makeStore, nowMs);
    describeAgreement(makeStore, nowMs);
  });
}

function describeIdentity(makeStore: () => MetricStore, nowMs: number): void {
  it('M1 names its source, and keys that may travel', () => {
    const store = makeStore();
    expect(sourceInfoSchema.parse(store.source)).toEqual(store.source);
    expect(store.epoch).not.toBe('');
    for (const key of store.series.keysFrom(0)) expect(seriesKeySchema.parse(key)).toEqual(key);
  });

  it('M1 has ticks that fill a 5 s bucket, and begins at one', () => {
    const store = makeStore();
    expect(FINEST_MS % store.tickMs).toBe(0);
    expect(store.earliestMs % FINEST_MS).toBe(0);
  });

  it('M2 is the same data set after a restart', () => {
    const before = makeStore();
    const after = makeStore();
    const span = lastMinutes(before, nowMs, 2);
    // Asked for something else first: what was asked before must not show in what comes after.
    ticksOf(after, { fromMs: span.fromMs - HOUR_MS, toMs: span.toMs - HOUR_MS });
    expect(after.epoch).toBe(before.epoch);
    expect(after.earliestMs).toBe(before.earliestMs);
    expect(after.series.keysFrom(0)).toEqual(before.series.keysFrom(0));
    expect(ticksOf(after, span)).toEqual(ticksOf(before, span));
    const day = lastHours(before, nowMs, 24);
    expectSameRows(
      after.rollups(day.fromMs, day.toMs, '1h'),
      before.rollups(day.fromMs, day.toMs, '1h'),
    );
  });

  it('M3 knows all up to the end of the last complete tick', () => {
    const store = makeStore();
    for (const laterMs of [0, 1, store.tickMs - 1, store.tickMs, 12_345]) {
      const watermark = store.watermarkAt(nowMs + laterMs);
      expect((watermark + 1) % store.tickMs).toBe(0);
      expect(watermark).toBeLessThan(nowMs + laterMs);
      expect(watermark).toBeGreaterThanOrEqual(nowMs + laterMs - store.tickMs - 1);
    }
  });

  it('M4 has changed nothing since its own revision', () => {
    const store = makeStore();
    expect(store.revisedSince(store.revision)).toEqual([]);
  });
}

function describeTicks(makeStore: () => MetricStore, nowMs: number): void {
  it('M5 answers with every tick of a span, ascending, empty ones too', () => {
    const store = makeStore();
    const span = lastMinutes(store, nowMs, 3);
    const starts = ticksOf(store, span).map((tick) => tick.startMs);
    const expected = Array.from(
      { length: (span.toMs - span.fromMs) / store.tickMs },
      (_, i) => span.fromMs + i * store.tickMs,
    );
    expect(starts).toEqual(expected);
    const [first] = expected;
    expect(ticksOf(store, { fromMs: first ?? 0, toMs: first ?? 0 })).toEqual([]);
  });

  it('M5 cuts the same ticks out of any span', () => {
    const store = makeStore();
    const span = lastMinutes(store, nowMs, 2);
    const whole = ticksOf(store, span);
    const cutMs = span.fromMs + 7 * store.tickMs;
    const pieces = [
      ...ticksOf(store, { fromMs: cutMs, toMs: span.toMs }),
      ...ticksOf(store, { fromMs: span.fromMs, toMs: cutMs }),
    ].sort((a, b) => a.startMs - b.startMs);
    expect(pieces).toEqual(whole);
    expect(ticksOf(store, span)).toEqual(whole);
  });

  it('M6 has rows of whole numbers, each of a series it names, once a tick', () => {
    const store = makeStore();
    const ticks = ticksOf(store, lastMinutes(store, nowMs, 10));
    for (const { rows } of ticks) {
      const ids = rows.map((row) => row.series);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every((id) => id < store.series.size)).toBe(true);
      expect(rows.every((row) => row.rollup.calls > 0)).toBe(true);
      const values = rows.flatMap((row) => MEASURES.map((measure) => row.rollup[measure]));
      expect(values.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
    }
  });

  it('M7 has nothing before its beginning', () => {
    const store = makeStore();
    const toMs = floorTo(store.earliestMs, HOUR_MS);
    const fromMs = toMs - 2 * HOUR_MS;
    expect(store.rollups(fromMs, toMs, '1h').length).toBe(0);
    expect(store.rollups(fromMs, toMs, '1m').length).toBe(0);
    const ticks = ticksOf(store, { fromMs: toMs - FINEST_MS, toMs });
    expect(ticks).toHaveLength(FINEST_MS / store.tickMs);
    expect(ticks.every((tick) => tick.rows.length === 0)).toBe(true);
  });
}

function describeRollups(makeStore: () => MetricStore, nowMs: number): void {
  it('M8 orders rollups by bucket and then by series, and leaves out what was not used', () => {
    const store = makeStore();
    const span = lastHours(store, nowMs, 2);
    const rows = store.rollups(span.fromMs, span.toMs, '1m');
    expect(rows.length).toBeGreaterThan(0);
    const places = indices(rows).map((i) => [rows.bucketStartMs[i] ?? -1, rows.series[i] ?? -1]);
    const ordered = [...new Map(places.map((place) => [place.join(), place])).values()].sort(
      ([startA = 0, seriesA = 0], [startB = 0, seriesB = 0]) =>
        startA - startB || seriesA - seriesB,
    );
    expect(places).toEqual(ordered);
    for (const [start = 0, series = 0] of places) {
      expect(start % MINUTE_MS === 0 && start >= span.fromMs && start < span.toMs).toBe(true);
      expect(series < store.series.size).toBe(true);
    }
    expect(rows.calls.every((calls) => calls > 0)).toBe(true);
  });

  it('M8 answers any question twice in the same way', () => {
    const store = makeStore();
    const span = lastHours(store, nowMs, 1);
    const first = store.rollups(span.fromMs, span.toMs, '5s');
    store.rollups(span.fromMs - 5 * HOUR_MS, span.fromMs - 3 * HOUR_MS, '5s');
    expectSameRows(store.rollups(span.fromMs, span.toMs, '5s'), first);
    expect(store.rollups(span.fromMs, span.fromMs, '5s').length).toBe(0);
  });
}

function describeAgreement(makeStore: () => MetricStore, nowMs: number): void {
  it('M9 ticks add up to the 5 s buckets asked for directly, up to the watermark', () => {
    const store = makeStore();
    expectTicksToAddUp(store, lastMinutes(store, nowMs, 2), '5s');
  });

  it('M9 ticks of an hour add up to its buckets at every resolution', () => {
    const store = makeStore();
    const span = lastHours(store, nowMs, 1);
    for (const resolution of ['5s', '1m', '1h'] as const)
      expectTicksToAddUp(store, span, resolution);
  });

  it('M9 ticks add up on both sides of an hour', () => {
    const store = makeStore();
    const borderMs = lastHours(store, nowMs, 1).fromMs;
    expectTicksToAddUp(store, { fromMs: borderMs - 15_000, toMs: borderMs + 15_000 }, '5s');
    expectTicksToAddUp(store, { fromMs: borderMs - MINUTE_MS, toMs: borderMs + MINUTE_MS }, '1m');
  });

  it('M9 ticks of any span add up to its 5 s buckets', () => {
    const store = makeStore();
    fc.assert(
      fc.property(spansBefore(store, nowMs, FINEST_MS, 12), (span) =>
        expectTicksToAddUp(store, span, '5s'),
      ),
      RANDOM_SPANS,
    );
  });

  it('M9 buckets of any span add up to the coarser ones asked for directly', () => {
    const store = makeStore();
    fc.assert(
      fc.property(
        spansBefore(store, nowMs, MINUTE_MS, 30),
        spansBefore(store, nowMs, HOUR_MS, 6),
        (minutes, hours) => {
          const from5s = store.rollups(minutes.fromMs, minutes.toMs, '5s');
          const by1m = store.rollups(minutes.fromMs, minutes.toMs, '1m');
          expectSameRows(coarsened(from5s, MINUTE_MS), by1m);
          const from1m = store.rollups(hours.fromMs, hours.toMs, '1m');
          const by1h = store.rollups(hours.fromMs, hours.toMs, '1h');
          expectSameRows(coarsened(from1m, HOUR_MS), by1h);
        },
      ),
      RANDOM_SPANS,
    );
  });
}

function expectTicksToAddUp(
  store: MetricStore,
  { fromMs, toMs }: Span,
  resolution: keyof typeof RESOLUTION_MS,
): void {
  const table = new BucketTable(RESOLUTION_MS[resolution]);
  for (const tick of store.ticks(fromMs, toMs))
    for (const row of tick.rows) table.add(tick.startMs, row.series, row.rollup);
  expectSameRows(table.toRows(), store.rollups(fromMs, toMs, resolution));
}

// Cell by cell: toEqual takes seconds for an hour of buckets.
function expectSameRows(actual: RollupRows, expected: RollupRows): void {
  expect(actual.length).toBe(expected.length);
  for (const column of ['bucketStartMs', 'series', ...MEASURES] as const) {
    const row = actual[column].findIndex((value, i) => value !== expected[column][i]);
    const difference =
      row === -1 ? null : { column, row, is: actual[column][row], not: expected[column][row] };
    expect(difference).toBeNull();
    expect(actual[column].length).toBe(expected.length);
  }
}

function coarsened(rows: RollupRows, resolutionMs: number): RollupRows {
  const table = new BucketTable(resolutionMs);
  table.addRows(rows);
  return table.toRows();
}

/** Spans of 1 to `maxSteps` steps that end at or before the watermark; early ones may reach before the beginning. */
function spansBefore(
  store: MetricStore,
  nowMs: number,
  stepMs: number,
  maxSteps: number,
): fc.Arbitrary<Span> {
  const endMs = floorTo(store.watermarkAt(nowMs) + 1, stepMs);
  return fc
    .record({
      stepsBack: fc.integer({ min: 0, max: REACH_MS / stepMs }),
      steps: fc.integer({ min: 1, max: maxSteps }),
    })
    .map(({ stepsBack, steps }) => {
      const toMs = endMs - stepsBack * stepMs;
      return { fromMs: toMs - steps * stepMs, toMs };
    });
}

/** The newest whole 5 s buckets; `minutes` long. */
function lastMinutes(store: MetricStore, nowMs: number, minutes: number): Span {
  const toMs = floorTo(store.watermarkAt(nowMs) + 1, FINEST_MS);
  return { fromMs: toMs - minutes * MINUTE_MS, toMs };
}

/** Whole hours, the newest of which may lie partly after the watermark, so that it holds the newest data. */
function lastHours(store: MetricStore, nowMs: number, hours: number): Span {
  const toMs = ceilTo(store.watermarkAt(nowMs) + 1, HOUR_MS);
  return { fromMs: toMs - hours * HOUR_MS, toMs };
}

function ticksOf(store: MetricStore, { fromMs, toMs }: Span): readonly Tick[] {
  return [...store.ticks(fromMs, toMs)];
}

function indices(rows: RollupRows): number[] {
  return Array.from({ length: rows.length }, (_, i) => i);
}
