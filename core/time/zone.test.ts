import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from './intervals.ts';
import {
  daysOf,
  instantOf,
  isoIn,
  startOfDay,
  stretchesOf,
  wallAt,
  type Zone,
  zoneNamed,
} from './zone.ts';

const HOUR_MS = 3_600_000;
const SEED = { seed: 20_261_130, numRuns: 150 };

function zone(name: string): Zone {
  const found = zoneNamed(name);
  if (!found) throw new Error(`no zone is called ${name}`);
  return found;
}

const BERLIN = zone('Europe/Berlin');
const NEW_YORK = zone('America/New_York');
/** Its clocks are set by half an hour. */
const LORD_HOWE = zone('Australia/Lord_Howe');

/** "2026-03-29": hours of each local day that touches the span. */
function hoursOf(where: Zone, fromIso: string, toIso: string): string[] {
  const span = { fromMs: Date.parse(fromIso), toMs: Date.parse(toIso) };
  return daysOf(where, span).map(({ dateWallMs, fromMs, toMs }) => {
    const date = new Date(dateWallMs).toISOString().slice(0, 10);
    return `${date}: ${(toMs - fromMs) / HOUR_MS}`;
  });
}

const local = (where: Zone, wall: string) => isoIn(where, instantOf(where, Date.parse(`${wall}Z`)));

const anyZone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'America/Havana',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
);
const anySpan = fc
  .tuple(
    fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2028, 0, 1) }),
    fc.integer({ min: 1, max: 60 * 24 * HOUR_MS }),
  )
  .map(([fromMs, lengthMs]): Interval => ({ fromMs, toMs: fromMs + lengthMs }));

describe('a time zone', () => {
  it('N20 is any that the engine knows, in any case, and no other', () => {
    expect(zoneNamed('europe/berlin')?.name).toBe('Europe/Berlin');
    expect(zoneNamed('utc')?.name).toBe('UTC');
    expect(zoneNamed('Asia/Kolkata')?.name).toBe('Asia/Kolkata');
    for (const name of ['', 'Mars/Olympus', '+05:30', 'UTC ', '../etc', 'x'.repeat(100)]) {
      expect(zoneNamed(name)).toBeNull();
    }
  });

  it('N20 tells an instant by its clocks', () => {
    const atMs = Date.UTC(2026, 10, 21, 9, 4, 5);
    expect(isoIn(zone('UTC'), atMs)).toBe('2026-11-21T09:04:05+00:00');
    expect(isoIn(BERLIN, atMs)).toBe('2026-11-21T10:04:05+01:00');
    expect(isoIn(NEW_YORK, atMs)).toBe('2026-11-21T04:04:05-05:00');
    expect(isoIn(zone('Asia/Kolkata'), atMs)).toBe('2026-11-21T14:34:05+05:30');
    expect(isoIn(LORD_HOWE, atMs)).toBe('2026-11-21T20:04:05+11:00');
    expect(isoIn(zone('America/St_Johns'), atMs)).toBe('2026-11-21T05:34:05-03:30');
  });

  it('N21 means the first of two equal local times, and goes on where one is passed over', () => {
    expect(local(BERLIN, '2026-10-25T02:30:00')).toBe('2026-10-25T02:30:00+02:00');
    expect(local(BERLIN, '2026-03-29T02:30:00')).toBe('2026-03-29T03:30:00+02:00');
    expect(local(NEW_YORK, '2026-11-01T01:30:00')).toBe('2026-11-01T01:30:00-04:00');
    expect(local(NEW_YORK, '2026-03-08T02:00:00')).toBe('2026-03-08T03:00:00-04:00');
    expect(local(LORD_HOWE, '2026-10-04T02:15:00')).toBe('2026-10-04T02:45:00+11:00');
    expect(local(LORD_HOWE, '2026-04-05T01:45:00')).toBe('2026-04-05T01:45:00+11:00');
    // The whole of 30 December 2011 was passed over.
    expect(local(zone('Pacific/Apia'), '2011-12-30T12:00:00')).toBe('2011-12-31T12:00:00+14:00');
  });

  it('N21 finds every instant again by what the clocks showed, or the first that showed it', () => {
    fc.assert(
      fc.property(anyZone, anySpan, (name, { fromMs }) => {
        const where = zone(name);
        const found = instantOf(where, wallAt(where, fromMs));
        expect(wallAt(where, found)).toBe(wallAt(where, fromMs));
        expect(found).toBeLessThanOrEqual(fromMs);
      }),
      SEED,
    );
  });
});

describe('the days of a zone', () => {
  it('N22 are 23 or 25 h long where clocks are set, and half an hour off where they are set by that', () => {
    expect(hoursOf(BERLIN, '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-28: 24',
      '2026-03-29: 23',
      '2026-03-30: 24',
    ]);
    expect(hoursOf(BERLIN, '2026-10-25T12:00:00Z', '2026-10-25T12:00:01Z')).toEqual([
      '2026-10-25: 25',
    ]);
    expect(hoursOf(NEW_YORK, '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z')).toEqual([
      '2026-03-08: 23',
    ]);
    expect(hoursOf(NEW_YORK, '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z')).toEqual([
      '2026-11-01: 25',
    ]);
    expect(hoursOf(LORD_HOWE, '2026-10-03T14:00:00Z', '2026-10-04T00:00:00Z')).toEqual([
      '2026-10-04: 23.5',
    ]);
    expect(hoursOf(LORD_HOWE, '2026-04-05T00:00:00Z', '2026-04-05T00:00:01Z')).toEqual([
      '2026-04-05: 24.5',
    ]);
  });

  it('N22 begin with their first instant where there is no midnight', () => {
    const starts = (name: string, date: string) =>
      isoIn(zone(name), startOfDay(zone(name), Date.parse(date)));
    expect(starts('America/Havana', '2026-03-08')).toBe('2026-03-08T01:00:00-04:00');
    expect(starts('Africa/Cairo', '2026-04-24')).toBe('2026-04-24T01:00:00+03:00');
    expect(starts('America/Sao_Paulo', '2018-11-04')).toBe('2018-11-04T01:00:00-02:00');
    expect(starts('Europe/Berlin', '2026-03-29')).toBe('2026-03-29T00:00:00+01:00');
  });

  it('N22 leave out a date that the zone has skipped', () => {
    expect(hoursOf(zone('Pacific/Apia'), '2011-12-29T12:00:00Z', '2011-12-31T12:00:00Z')).toEqual([
      '2011-12-29: 24',
      '2011-12-31: 24',
      '2012-01-01: 24',
    ]);
  });

  it('N22 add up to the range exactly, in any zone and over any change of its clocks', () => {
    fc.assert(
      fc.property(anyZone, anySpan, (name, span) => {
        const days = daysOf(zone(name), span);
        const [first] = days;
        expect(first?.fromMs).toBeLessThanOrEqual(span.fromMs);
        expect(days.at(-1)?.toMs).toBeGreaterThanOrEqual(span.toMs);
        for (const [i, { fromMs, toMs }] of days.entries()) {
          expect(toMs).toBeGreaterThan(fromMs);
          if (i > 0) expect(fromMs).toBe(days[i - 1]?.toMs);
        }
        const insideMs = days.reduce(
          (sum, day) => sum + Math.min(day.toMs, span.toMs) - Math.max(day.fromMs, span.fromMs),
          0,
        );
        expect(insideMs).toBe(span.toMs - span.fromMs);
      }),
      SEED,
    );
  });
});

describe('the stretches in which no clock is set', () => {
  it('N21 end exactly where one is', () => {
    const span = { fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 10, 1) };
    expect(stretchesOf(BERLIN, span)).toEqual([
      { fromMs: span.fromMs, toMs: Date.UTC(2026, 2, 29, 1), offsetMs: HOUR_MS },
      { fromMs: Date.UTC(2026, 2, 29, 1), toMs: Date.UTC(2026, 9, 25, 1), offsetMs: 2 * HOUR_MS },
      { fromMs: Date.UTC(2026, 9, 25, 1), toMs: span.toMs, offsetMs: HOUR_MS },
    ]);
    expect(stretchesOf(zone('UTC'), span)).toEqual([{ ...span, offsetMs: 0 }]);
  });
});
