import { describe, expect, it } from 'vitest';
import { floorText, parseFloor } from './floor-text.ts';

describe('the floor as it is typed', () => {
  it.each([
    ['25', 25e6],
    [' $1,250.50 ', 1_250.5e6],
    ['0', 0],
    ['0.1', 100_000],
    ['1000000', 1e12],
  ])('U141 takes %j', (text, microUsd) => {
    expect(parseFloor(text)).toEqual({ ok: true, value: microUsd });
  });

  it.each([
    ['', 'Give an amount; 0 leaves nothing out.'],
    ['-5', 'Give 0 or more.'],
    ['lots', '“lots” is no amount: give dollars, such as 25.'],
    ['1.234', '“1.234” is no amount: give dollars, such as 25.'],
    ['12,50', '“12,50” is no amount: give dollars, such as 25.'],
    ['1e3', '“1e3” is no amount: give dollars, such as 25.'],
    ['1000001', 'Give at most $1,000,000 an hour.'],
  ])('U141 says what is wrong with %j', (text, reason) => {
    expect(parseFloor(text)).toEqual({ ok: false, reason });
  });

  it('U141 is told as it was typed', () => {
    for (const text of ['25', '0', '0.1', '1250.5']) {
      const parsed = parseFloor(text);
      expect(parsed.ok && floorText(parsed.value)).toBe(text);
    }
  });
});
