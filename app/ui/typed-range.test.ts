import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoIn, type Zone, zoneNamed } from '#core/time/zone.ts';
import { quickRanges, readTypedRange, typedInstant } from './typed-range.ts';

function zone(name: string): Zone {
  const found = zoneNamed(name);
  if (!found) throw new Error(`no zone is called ${name}`);
  return found;
}

const BERLIN = zone('Europe/Berlin');
const NOW_MS = Date.UTC(2026, 10, 21, 9, 30);

function read(from: string, to: string, where = BERLIN, nowMs = NOW_MS) {
  const end = (text: string) => {
    const [date = '', time = ''] = text.split(' ');
    return { date, time };
  };
  return readTypedRange({ from: end(from), to: end(to) }, where, nowMs);
}

/** "2026-11-20T00:00:00+01:00 to ..." or what is wrong. */
function told(from: string, to: string, where = BERLIN, nowMs = NOW_MS): string {
  const range = read(from, to, where, nowMs);
  if (!range.ok) return [range.from, range.to, range.both].filter(Boolean).join(' / ');
  const note = range.note === '' ? '' : ` (${range.note})`;
  return `${isoIn(where, range.fromMs)} to ${isoIn(where, range.toMs)}${note}`;
}

describe('a range that is typed', () => {
  it('N25 is of local dates and times, or of whole days', () => {
    expect(told('2026-11-20 09:00', '2026-11-20 10:30:05')).toBe(
      '2026-11-20T09:00:00+01:00 to 2026-11-20T10:30:05+01:00',
    );
    expect(told('2026-11-19', '2026-11-20')).toBe(
      '2026-11-19T00:00:00+01:00 to 2026-11-21T00:00:00+01:00',
    );
    expect(told('20261119 0900', '2026.11.19 24:00')).toBe(
      '2026-11-19T09:00:00+01:00 to 2026-11-20T00:00:00+01:00',
    );
    expect(told('2026-11-20', '2026-11-21')).toBe(
      '2026-11-20T00:00:00+01:00 to 2026-11-21T10:30:00+01:00',
    );
  });

  it('N25 says what it made of a local time that is not there, or there twice', () => {
    expect(told('2026-03-29 02:30', '2026-03-29 12:00')).toBe(
      '2026-03-29T03:30:00+02:00 to 2026-03-29T12:00:00+02:00 (02:30 is passed over as clocks are set forward: 03:30 is taken.)',
    );
    expect(told('2026-10-25 02:30', '2026-10-25')).toBe(
      '2026-10-25T02:30:00+02:00 to 2026-10-26T00:00:00+01:00 (02:30 comes twice as clocks are set back: the first is taken.)',
    );
  });

  it.each([
    ['', '', 'Give the first day, such as 2026-11-21. / Give the last day, such as 2026-11-21.'],
    ['', '2026-11-20', 'Give the first day, such as 2026-11-21.'],
    ['tomorrow', '2026-11-20', '“tomorrow” is no date. Write year, month and day: 2026-11-21.'],
    ['2026-02-31', '2026-11-20', '“2026-02-31” is no date. Write year, month and day: 2026-11-21.'],
    ['2026-13-01', '2026-11-20', '“2026-13-01” is no date. Write year, month and day: 2026-11-21.'],
    [
      '2026-11-20 25:00',
      '2026-11-20',
      '“25:00” is no time of day. Write hours and minutes: 14:30.',
    ],
    ['2026-11-20 9:75', '2026-11-20', '“9:75” is no time of day. Write hours and minutes: 14:30.'],
    ['2026-11-20', '2026-11-19', 'It ends before it begins.'],
    ['2026-11-20 09:00', '2026-11-20 09:00', 'It ends when it begins: nothing lies in between.'],
    ['2027-01-01', '2027-01-02', 'This lies in the future: there is nothing to show yet.'],
    [
      '2026-11-20',
      '2026-11-21 23:00',
      'The end lies in the future. Leave its time empty to end now.',
    ],
    [
      '2026-11-20 09:00',
      '2026-11-20 09:00:04',
      'This is shorter than 5 s, the finest that is measured.',
    ],
    ['2025-10-01', '2026-11-20', 'This is longer than 400 d, the longest that is kept.'],
  ])(
    'N26 that begins “%s” and ends “%s” is explained when it cannot be shown',
    (from, to, words) => {
      expect(told(from, to)).toBe(words);
    },
  );

  it('N26 is read without harm, whatever is typed', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 20 });
    const anyEnd = fc.record({ date: anyText, time: anyText });
    fc.assert(
      fc.property(anyEnd, anyEnd, (from, to) => {
        const range = readTypedRange({ from, to }, BERLIN, NOW_MS);
        if (range.ok) expect(range.toMs).toBeGreaterThan(range.fromMs);
        else expect([range.from, range.to, range.both].some((one) => one !== null)).toBe(true);
      }),
      { seed: 20_261_201, numRuns: 300 },
    );
  });

  it('N25 is what a shown range would be typed as', () => {
    const names = ['Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.integer({ min: 5, max: 390 * 86_400 }),
        (name, seconds) => {
          const where = zone(name);
          const fromMs = NOW_MS - seconds * 1_000;
          const typed = { from: typedInstant(where, fromMs), to: typedInstant(where, NOW_MS) };
          const range = readTypedRange(typed, where, NOW_MS);
          // Of two equal local times the first is meant.
          const isFirst = range.ok && range.note === '';
          if (isFirst) expect(range).toMatchObject({ fromMs, toMs: NOW_MS });
          else expect(range).toMatchObject({ ok: true, toMs: NOW_MS });
        },
      ),
      { seed: 20_261_202, numRuns: 200 },
    );
  });
});

describe('the quick choices', () => {
  const shown = (name: string, where: Zone, nowMs: number) => {
    const typed = quickRanges(where, nowMs)[name];
    const range = typed && readTypedRange(typed, where, nowMs);
    return range?.ok ? `${isoIn(where, range.fromMs)} to ${isoIn(where, range.toMs)}` : 'nothing';
  };

  it('N27 are whole days of the chosen zone, up to now', () => {
    const nowMs = Date.UTC(2026, 9, 27, 3);
    expect(shown('Today', BERLIN, nowMs)).toBe(
      '2026-10-27T00:00:00+01:00 to 2026-10-27T04:00:00+01:00',
    );
    expect(shown('Yesterday', BERLIN, nowMs)).toBe(
      '2026-10-26T00:00:00+01:00 to 2026-10-27T00:00:00+01:00',
    );
    // An hour longer than seven times 24 h.
    expect(shown('Last 7 full days', BERLIN, nowMs)).toBe(
      '2026-10-20T00:00:00+02:00 to 2026-10-27T00:00:00+01:00',
    );
    expect(shown('This month', BERLIN, nowMs)).toBe(
      '2026-10-01T00:00:00+02:00 to 2026-10-27T04:00:00+01:00',
    );
    expect(shown('Today', zone('America/New_York'), nowMs)).toBe(
      '2026-10-26T00:00:00-04:00 to 2026-10-26T23:00:00-04:00',
    );
  });
});
