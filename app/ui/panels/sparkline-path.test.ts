import { describe, expect, it } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

const lineOf = (trend: readonly (number | null)[]) => sparklinePath(trend, 100, 24).line;

describe('a sparkline', () => {
  it('U43 goes from the oldest on the left to the newest on the right', () => {
    expect(lineOf([0, 5, 10])).toBe('M0 22L50 12L100 2');
  });

  it('U43 leaves a gap open and draws a known zero', () => {
    expect(lineOf([10, 0, null, null, 10, 0])).toBe('M0 2L20 22M80 2L100 22');
  });

  it('U43 draws a known point between gaps as a dot', () => {
    expect(lineOf([null, 10, null])).toBe('M50 2h0');
  });

  it('U43 keeps small noise small', () => {
    expect(lineOf([100, 90])).toBe('M0 2L100 7');
  });

  it('U43 marks the newest point when it is known', () => {
    expect(sparklinePath([0, 10], 100, 24).end).toBe('M100 2h0');
    expect(sparklinePath([10, null], 100, 24).end).toBe('');
  });

  it('U43 is empty when nothing is known, and flat when nothing is used', () => {
    expect(lineOf([null, null])).toBe('');
    expect(lineOf([0, 0])).toBe('M0 22L100 22');
  });
});
