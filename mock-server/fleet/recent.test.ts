import { describe, expect, it } from 'vitest';
import { Recent } from './recent.ts';

describe('recently asked for values', () => {
  it('F9 are made once while they are kept, and never more are kept than there is room for', () => {
    const made: number[] = [];
    const recent = new Recent<string>(2);
    const ask = (key: number) =>
      recent.get(key, () => {
        made.push(key);
        return `value ${key}`;
      });
    expect([ask(1), ask(2), ask(1)]).toEqual(['value 1', 'value 2', 'value 1']);
    expect(made).toEqual([1, 2]);
    ask(3);
    expect(recent.size).toBe(2);
    ask(1);
    expect(made).toEqual([1, 2, 3]);
    ask(2);
    expect(made).toEqual([1, 2, 3, 2]);
    expect(recent.size).toBe(2);
  });
});
