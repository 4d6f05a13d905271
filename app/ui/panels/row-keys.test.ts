import { describe, expect, it } from 'vitest';
import { rowAfterKey } from './row-keys.ts';

const from = (index: number) => (key: string) => rowAfterKey(key, index, 100, 10);
const KEYS = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'];

describe('the keys of a list', () => {
  it('U87 lead by a row, by what is in sight, or to an end', () => {
    expect(KEYS.map(from(50))).toEqual([51, 49, 60, 40, 0, 99]);
  });

  it('U87 never lead out of the list', () => {
    expect(KEYS.map(from(0))).toEqual([1, 0, 10, 0, 0, 99]);
    expect(KEYS.map(from(99))).toEqual([99, 98, 99, 89, 0, 99]);
    expect(rowAfterKey('PageDown', 0, 1, 0)).toBe(0);
  });

  it('U87 leave all others to the page', () => {
    expect(['Enter', 'a', 'Tab', 'ArrowLeft'].map(from(50))).toEqual([null, null, null, null]);
  });
});
