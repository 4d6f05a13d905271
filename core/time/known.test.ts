import { describe, expect, it } from 'vitest';
import { isNothingKnown, type Known, newestKnown, NOTHING_KNOWN, settledKnown } from './known.ts';

const MINUTE_MS = 60_000;
const span = (from: number, to: number) => ({ fromMs: from * MINUTE_MS, toMs: to * MINUTE_MS });

/** All of `minutes`, as it happened. */
const upTo = (minutes: number): Known => ({
  coverage: { '5s': [span(0, minutes)], '1m': [span(0, minutes - 1)], '1h': [span(0, 60)] },
  live: [span(0, minutes)],
  outages: [],
});
const shown = { toMs: 100 * MINUTE_MS, resolution: '5s' } as const;

describe('what is known', () => {
  it('V38 is settled while only its newest end grows', () => {
    expect(settledKnown(upTo(102), shown)).toEqual(settledKnown(upTo(101), shown));
  });

  it('V38 is not when anything changes that is seen', () => {
    const before = settledKnown(upTo(101), shown);
    const outage = { ...upTo(101), outages: [span(98, 99)] };
    expect(settledKnown(outage, shown)).not.toEqual(before);
    const { coverage } = upTo(101);
    const filled = { ...upTo(101), coverage: { ...coverage, '1m': [span(20, 100)] } };
    expect(settledKnown(filled, shown)).not.toEqual(before);
  });

  it('V38 counts what comes after a stretch of the past every ten minutes', () => {
    const past = { ...shown, toMs: 30 * MINUTE_MS };
    const frames = [101, 105, 109, 110].map((minutes) =>
      JSON.stringify(settledKnown(upTo(minutes), past)),
    );
    expect(new Set(frames.slice(0, 3)).size).toBe(1);
    expect(frames[3]).not.toBe(frames[0]);
  });

  it('V38 is at most so many intervals, the newest, and never more than is there', () => {
    const many = Array.from({ length: 300 }, (_, i) => span(2 * i, 2 * i + 1));
    const known = newestKnown({ ...upTo(9), coverage: { '5s': many, '1m': many, '1h': many } });
    expect(known.coverage['1m']).toEqual(many.slice(-200));
    expect(newestKnown(known, 3).coverage['5s']).toEqual(many.slice(-3));
  });

  it('V38 is nothing only when every set is empty', () => {
    expect(isNothingKnown(NOTHING_KNOWN)).toBe(true);
    expect(isNothingKnown({ ...NOTHING_KNOWN, outages: [span(0, 1)] })).toBe(false);
  });
});
