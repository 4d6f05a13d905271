import { describe, expect, it } from 'vitest';
import { parseTraceInstant, tenthsBetween } from './trace-instant.ts';

const SECOND_MS = Date.UTC(2023, 10, 16, 18, 17, 3);

describe('trace instant', () => {
  it('T2 reads UTC with up to seven fractional digits, exactly', () => {
    expect(parseTraceInstant('2023-11-16 18:17:03')).toEqual({ ms: SECOND_MS, tenths: 0 });
    expect(parseTraceInstant('2023-11-16 18:17:03.9')).toEqual({ ms: SECOND_MS + 900, tenths: 0 });
    expect(parseTraceInstant('2023-11-16 18:17:03.9799601')).toEqual({
      ms: SECOND_MS + 979,
      tenths: 9_601,
    });
  });

  it('T2 reads the ISO form too', () => {
    const expected = { ms: SECOND_MS + 250, tenths: 0 };
    expect(parseTraceInstant('2023-11-16T18:17:03.25Z')).toEqual(expected);
    expect(parseTraceInstant('2023-11-16T18:17:03.25')).toEqual(expected);
  });

  it.each([
    '',
    'yesterday',
    '1700158623',
    '2023-11-16',
    '2023-11-31 18:17:03',
    '2023-13-01 18:17:03',
    '2023-11-16 24:00:00',
    '2023-11-16 18:17:60',
    '2023-11-16 18:17:03.',
    '2023-11-16 18:17:03.12345678',
    '2023-11-16 18:17:03+02:00',
    ' 2023-11-16 18:17:03',
  ])('T2 refuses %j', (text) => {
    expect(parseTraceInstant(text)).toBeNull();
  });

  it('T2 measures spans to a tenth of a microsecond, years long too', () => {
    const first = { ms: SECOND_MS, tenths: 9_999 };
    const years = 20 * 365 * 86_400_000;
    expect(tenthsBetween(first, { ms: SECOND_MS + 1, tenths: 0 })).toBe(1);
    expect(tenthsBetween(first, { ms: SECOND_MS + years, tenths: 0 })).toBe(years * 10_000 - 9_999);
  });
});
