import { describe, expect, it } from 'vitest';
import { comparisonOf } from './token-comparison.ts';

const compare = (tokens: number | null, before: number | null) =>
  comparisonOf(tokens, before, 300_000);

describe('a point and the same one window earlier', () => {
  it('U89 are compared in words', () => {
    expect(compare(1_123, 1_000)).toBe('12.3% more than 5 min earlier');
    expect(compare(750, 1_000)).toBe('25.0% less than 5 min earlier');
    expect(compare(0, 1_000)).toBe('100.0% less than 5 min earlier');
    expect(compare(10_001, 10_000)).toBe('as much as 5 min earlier');
    expect(compare(11_000, 1_000)).toBe('over ten times as much as 5 min earlier');
  });

  it('U89 are not divided by nothing', () => {
    expect(compare(0, 0)).toBe('as much as 5 min earlier');
    expect(compare(5, 0)).toBe('none 5 min earlier');
  });

  it('U89 are not compared when either is not known', () => {
    expect(compare(null, 5)).toBeNull();
    expect(compare(5, null)).toBeNull();
  });
});
