import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '#core/view/filter.ts';
import { REAL_TIME, SPANS_MS } from '#core/view/window.ts';
import { filterOf, rangeOf, searchOf } from './url.ts';

const SEED = { seed: 20_261_126, numRuns: 200 };

const values = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }), {
  maxLength: 5,
});
const anyFilter = fc.record({ tenants: values, customers: values, models: values });

describe('the address of a slice', () => {
  it('U70 shows the same slice to whoever opens it', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(filterOf(searchOf(filter))).toEqual(filter);
      }),
      SEED,
    );
  });

  it('N1 shows the same time to whoever opens it', () => {
    const anyRange = fc.record({
      spanMs: fc.constantFrom(...SPANS_MS),
      endMs: fc.option(fc.integer({ min: 1, max: 8.64e15 })),
    });
    const anyStretch = fc.record({
      spanMs: fc.integer({ min: 5_000, max: 400 * 86_400_000 }),
      endMs: fc.integer({ min: 400 * 86_400_000 + 1, max: 8.64e15 }),
    });
    fc.assert(
      fc.property(anyFilter, fc.oneof(anyRange, anyStretch), (filter, range) => {
        const search = searchOf(filter, range);
        expect(rangeOf(search)).toEqual(range);
        expect(filterOf(search)).toEqual(filter);
      }),
      SEED,
    );
    expect(searchOf(NO_FILTER, REAL_TIME)).toBe('');
    const anHour = { spanMs: 3_600_000, endMs: Date.UTC(2026, 10, 21, 9) };
    expect(searchOf(NO_FILTER, anHour)).toBe('?window=1h&to=2026-11-21T09%3A00%3A00.000Z');
  });

  it.each([
    'window=2h',
    'window=',
    'to=yesterday',
    'to=',
    'to=-1',
    'to=1969-12-31',
    'to=9e99',
    'window=1&to=0',
  ])('N1 falls back to real time where an address says %s', (search) => {
    expect(rangeOf(`?${search}`)).toEqual(REAL_TIME);
  });

  it.each([
    ['reversed', 'from=2026-11-21T10:00:00Z&to=2026-11-21T09:00:00Z'],
    ['empty', 'from=2026-11-21T09:00:00Z&to=2026-11-21T09:00:00Z'],
    ['longer than can be asked for', 'from=2020-11-21T09:00:00Z&to=2026-11-21T09:00:00Z'],
  ])('N1 shows the usual window up to the end of a stretch that is %s', (_, search) => {
    const { endMs } = rangeOf(`?${search}`);
    expect(rangeOf(`?${search}`)).toEqual({ ...REAL_TIME, endMs });
    expect(endMs).toBe(Date.parse('2026-11-21T09:00:00Z'));
  });

  it('U70 is bare when everything is shown', () => {
    expect(searchOf(NO_FILTER)).toBe('');
    expect(searchOf({ ...NO_FILTER, tenants: ['north'], models: ['a', 'b'] })).toBe(
      '?tenant=north&model=a&model=b',
    );
  });

  it('U71 is read without harm, whatever somebody wrote into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (search) => {
        const filter = filterOf(`?${search}`);
        expect(Object.keys(filter)).toEqual(['tenants', 'customers', 'models']);
      }),
      SEED,
    );
    const long = `?tenant=${'x'.repeat(10_000)}&tenant=&tenant=a&tenant=a`;
    expect(filterOf(long).tenants).toEqual(['a']);
    const many = Array.from({ length: 500 }, (_, i) => `model=m${i}`).join('&');
    expect(filterOf(`?${many}`).models).toHaveLength(50);
  });
});
