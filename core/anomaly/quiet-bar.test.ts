import { describe, expect, it } from 'vitest';
import { QuietBar } from './quiet-bar.ts';

describe('quiet bar', () => {
  it('X6 lets an alarm pass once, and a worse one only if it is a third worse', () => {
    const bar = new QuietBar();
    expect([1, 1, 1.2, 1.4, 1.4].map((score) => bar.passes(score))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  it('X6 is not raised by what is no alarm', () => {
    const bar = new QuietBar();
    expect([0.7, 0.7, 0.8, 0.8].map((score) => bar.passes(score, 0.8))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it('X6 sinks: the same alarm passes again after 40 bins', () => {
    const bar = new QuietBar();
    bar.passes(1);
    // 1.3 * exp(-n / 150) is below 1 from n = 40 on.
    const quietBins = Array.from({ length: 60 }, () => bar.passes(1)).indexOf(true);
    expect(quietBins).toBe(39);
  });
});
