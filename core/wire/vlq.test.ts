import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeVlq, encodeVlq } from './vlq.ts';

const SEED = { seed: 20_261_121, numRuns: 500 };
const numbers = fc.array(fc.oneof(fc.nat(40), fc.maxSafeNat()), { maxLength: 60 });

describe('numbers as base64 VLQ', () => {
  it.each([
    [[], ''],
    [[0], 'A'],
    [[31], 'f'],
    [[32], 'gB'],
    [[1_000], 'of'],
    [[5, 63, 64], 'F/BgC'],
    [[Number.MAX_SAFE_INTEGER], '//////////H'],
  ])('A20 writes %j as %s', (list, text) => {
    expect(encodeVlq(Float64Array.from(list))).toBe(text);
    expect(decodeVlq(text)).toEqual(Float64Array.from(list));
  });

  it('A20 gives back any whole numbers', () => {
    fc.assert(
      fc.property(numbers, (list) => {
        expect(decodeVlq(encodeVlq(Float64Array.from(list)))).toEqual(Float64Array.from(list));
      }),
      SEED,
    );
  });

  it('A20 gives back more numbers than are joined at once', () => {
    const many = Float64Array.from({ length: 50_000 }, (_, i) => i * 37);
    expect(decodeVlq(encodeVlq(many))).toEqual(many);
  });

  it.each([
    ['another alphabet', 'A-'],
    ['a space', 'A A'],
    ['a character outside of ASCII', 'Aé'],
    ['a character outside of the plane', 'A😀'],
    ['a number that goes on', 'Ag'],
    ['a number too large to be exact', '//////////I'],
    ['endless zeros', `${'g'.repeat(2_000)}B`],
  ])('A21 refuses %s', (_, text) => {
    expect(decodeVlq(text)).toBeNull();
  });
});
