import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BucketTable } from '../rollup/bucket-table.ts';
import type { Chunk } from '../rollup/chunk.ts';
import { SeriesDictionary } from '../rollup/series.ts';
import { isoIn, zoneNamed } from '../time/zone.ts';
import { buildFrame } from './build-frame.ts';
import { NO_FILTER } from './filter.ts';
import type { Frame } from './frame.ts';
import { windowsOf } from './window.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const USD = 1_000_000;

const SERIES = new SeriesDictionary([
  { tenantId: 'north', customerId: 'acme', model: 'gpt-4o' },
  { tenantId: 'south', customerId: 'bolt', model: 'claude' },
]);

/** A stretch in which every hour cost what `usd` says, half of it each series. */
function aChunk(fromMs: number, toMs: number, usd: (hour: number) => number = () => 1): Chunk {
  const table = new BucketTable(HOUR_MS);
  for (let atMs = fromMs; atMs < toMs; atMs += HOUR_MS) {
    for (const series of [0, 1]) {
      const costMicroUsd = (usd((atMs - fromMs) / HOUR_MS) * USD) / 2;
      table.add(atMs, series, { calls: 3, tokens: 500, costMicroUsd, latencyMsSum: 10 });
    }
  }
  return { fromMs, toMs, rows: table.toRows() };
}

interface Asked {
  readonly fromMs: number;
  readonly toMs: number;
  readonly zone: string;
  readonly chunks?: readonly Chunk[];
  readonly tenants?: readonly string[];
}

function aFrame({ fromMs, toMs, zone, chunks, tenants = [] }: Asked): Frame {
  const range = { spanMs: toMs - fromMs, endMs: toMs };
  const playheadMs = toMs - 1;
  return buildFrame({
    number: 1,
    epoch: 'e',
    filter: { ...NO_FILTER, tenants },
    playheadMs,
    range,
    zone,
    series: SERIES,
    shown: windowsOf(range, toMs + DAY_MS)[0],
    chunks: chunks ?? [aChunk(fromMs - DAY_MS, toMs + DAY_MS)],
  });
}

/** "2026-03-28T00:00:00+01:00 24 of 24 h: $24". */
function linesOf({ days }: Frame): string[] {
  const zone = zoneNamed(days?.zone ?? '');
  if (!days || !zone) return [];
  return days.uses.map(({ fromMs, toMs, wholeFromMs, wholeToMs, costMicroUsd }) => {
    const hours = `${(toMs - fromMs) / HOUR_MS} of ${(wholeToMs - wholeFromMs) / HOUR_MS} h`;
    return `${isoIn(zone, fromMs)} ${hours}: $${costMicroUsd / USD}`;
  });
}

describe('the days of a window', () => {
  it('V33 are those of the zone, with the hours that they have', () => {
    const fromMs = Date.UTC(2026, 2, 27, 23);
    const toMs = Date.UTC(2026, 2, 30, 22);
    expect(linesOf(aFrame({ fromMs, toMs, zone: 'Europe/Berlin' }))).toEqual([
      '2026-03-28T00:00:00+01:00 24 of 24 h: $24',
      '2026-03-29T00:00:00+01:00 23 of 23 h: $23',
      '2026-03-30T00:00:00+02:00 24 of 24 h: $24',
    ]);
    expect(linesOf(aFrame({ fromMs, toMs, zone: 'UTC' }))).toEqual([
      '2026-03-27T23:00:00+00:00 1 of 24 h: $1',
      '2026-03-28T00:00:00+00:00 24 of 24 h: $24',
      '2026-03-29T00:00:00+00:00 24 of 24 h: $24',
      '2026-03-30T00:00:00+00:00 22 of 24 h: $22',
    ]);
  });

  it('V33 get the hour that begins in them where a zone is half an hour off', () => {
    const fromMs = Date.UTC(2026, 10, 18, 18);
    const toMs = Date.UTC(2026, 10, 20, 19);
    const usd = (hour: number) => [10, 20][hour - 24] ?? 1;
    const chunks = [aChunk(fromMs - DAY_MS, toMs, usd)];
    // 18:00 UTC is 23:30 there: that hour's 10 dollars are of the 18th, the next one's 20 of the 19th.
    expect(linesOf(aFrame({ fromMs, toMs, zone: 'Asia/Kolkata', chunks }))).toEqual([
      '2026-11-18T23:30:00+05:30 1 of 24 h: $10',
      '2026-11-19T00:30:00+05:30 24 of 24 h: $43',
      '2026-11-20T00:30:00+05:30 24 of 24 h: $24',
    ]);
  });

  it('V33 are told apart from two days on', () => {
    const toMs = Date.UTC(2026, 10, 20);
    const frameOf = (spanMs: number) => aFrame({ fromMs: toMs - spanMs, toMs, zone: 'UTC' });
    expect(frameOf(DAY_MS).days).toBeNull();
    expect(frameOf(2 * DAY_MS).days?.uses).toHaveLength(2);
    // Two local days, in the night of which clocks are set forward.
    const fromMs = Date.UTC(2026, 2, 27, 23);
    const spring = aFrame({ fromMs, toMs: fromMs + 47 * HOUR_MS, zone: 'Europe/Berlin' });
    expect(spring.days?.uses).toHaveLength(2);
  });

  it('V35 say how much of them is known, and how much of them the window holds', () => {
    const fromMs = Date.UTC(2026, 10, 17, 6);
    const toMs = Date.UTC(2026, 10, 20);
    const chunks = [
      aChunk(fromMs, Date.UTC(2026, 10, 18)),
      aChunk(Date.UTC(2026, 10, 19, 12), toMs),
    ];
    const { days } = aFrame({ fromMs, toMs, zone: 'UTC', chunks });
    const told = days?.uses.map((day) => [
      (day.toMs - day.fromMs) / HOUR_MS,
      (day.wholeToMs - day.wholeFromMs) / HOUR_MS,
      day.coveredMs / HOUR_MS,
      day.costMicroUsd / USD,
    ]);
    expect(told).toEqual([
      [18, 24, 18, 18],
      [24, 24, 0, 0],
      [24, 24, 12, 12],
    ]);
  });

  it('V34 add up to the window exactly, in any zone, of any slice, with any gaps', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
    const halves = ['Asia/Kolkata', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Chatham'];
    const anyPart = fc.tuple(fc.nat(700), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...zones, ...halves),
        fc.integer({ min: Date.UTC(2025, 6, 1) / HOUR_MS, max: Date.UTC(2026, 10, 1) / HOUR_MS }),
        fc.integer({ min: 48, max: 24 * 29 }),
        fc.array(anyPart, { maxLength: 3 }),
        fc.subarray(['north']),
        (zone, startHour, hours, gaps, tenants) => {
          const fromMs = startHour * HOUR_MS;
          const toMs = fromMs + hours * HOUR_MS;
          const chunks = knownHours(fromMs - 2 * DAY_MS, toMs + DAY_MS, fromMs, gaps);
          const { days, keyFigures, windowMs, coveredMs } = aFrame({
            fromMs,
            toMs,
            zone,
            chunks,
            tenants,
          });
          const uses = days?.uses ?? [];
          const sum = (of: (day: (typeof uses)[number]) => number) =>
            uses.reduce((total, day) => total + of(day), 0);
          expect(sum((day) => day.toMs - day.fromMs)).toBe(windowMs);
          expect(sum((day) => day.coveredMs)).toBe(coveredMs);
          const spent = coveredMs === 0 ? null : sum((day) => day.costMicroUsd) / USD;
          expect(keyFigures.spendUsd.value).toBe(spent);
        },
      ),
      { seed: 20_261_203, numRuns: 60 },
    );
  });
});

/** Hours that cost a little more or less, without the gaps: each a number of hours from `zeroMs` on. */
function knownHours(
  fromMs: number,
  toMs: number,
  zeroMs: number,
  gaps: readonly (readonly [number, number])[],
): Chunk[] {
  const known: Chunk[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += HOUR_MS) {
    const hour = (atMs - zeroMs) / HOUR_MS;
    const isGap = gaps.some(([first, hours]) => hour >= first && hour < first + hours);
    const usd = 1 + ((atMs / HOUR_MS) % 7) * 2e-6;
    if (!isGap) known.push(aChunk(atMs, atMs + HOUR_MS, () => usd));
  }
  return known;
}
