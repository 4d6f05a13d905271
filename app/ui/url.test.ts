import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '#core/view/filter.ts';
import { filterOf, searchOf } from './url.ts';

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
