import { describe, expect, it } from 'vitest';
import { changeOf } from './change.ts';

const textOf = (value: number | null, before: number | null) => changeOf({ value, before }).text;

describe('the change of a figure', () => {
  it('U42 is signed and relative to the window before', () => {
    expect(textOf(112.34, 100)).toBe('+12.3%');
    expect(textOf(96, 100)).toBe('−4.0%');
    expect(textOf(100.01, 100)).toBe('0.0%');
  });

  it('U42 is new when there was nothing before, and nothing when there is still nothing', () => {
    expect(textOf(5, 0)).toBe('new');
    expect(textOf(0, 0)).toBe('0.0%');
    expect(textOf(0, 5)).toBe('−100.0%');
  });

  it('U42 is not told when either side is unknown', () => {
    expect(textOf(null, 5)).toBe('—');
    expect(textOf(5, null)).toBe('—');
  });

  it('U42 stops counting beyond tenfold', () => {
    expect(textOf(5_000, 1)).toBe('>+999.0%');
  });

  it('U42 knows its direction, whatever the colour', () => {
    const directions = [
      [2, 1],
      [1, 2],
      [1, 1],
      [null, 1],
    ].map(
      ([value, before]) => changeOf({ value: value ?? null, before: before ?? null }).direction,
    );
    expect(directions).toEqual(['up', 'down', 'same', 'unknown']);
  });
});
