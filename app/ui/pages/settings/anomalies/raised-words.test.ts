import { describe, expect, it } from 'vitest';
import { aTrial, aWouldBe, TRIED_TO_MS } from '#app/testing/would-be.ts';
import { timeFormatOf } from '../../../time-format.ts';
import { raisedWords } from './raised-words.ts';

const ids = (count: number) => Array.from({ length: count }, (_, i) => aWouldBe(`one-${i}`));
const words = (count: number, present: number | 'same' | null, nowMs = TRIED_TO_MS, hours = 24) =>
  raisedWords(
    aTrial(ids(count), hours),
    typeof present === 'number' ? aTrial(ids(present), hours) : present,
    timeFormatOf('UTC'),
    nowMs,
  );

describe('what settings would have raised, in words', () => {
  it('U142 counts, and compares with what counts now', () => {
    expect(words(7, 5)).toBe(
      'With these settings the last 24 h would have raised 7 incidents, 2 more than now.',
    );
    expect(words(1, 5)).toBe(
      'With these settings the last 24 h would have raised 1 incident, 4 fewer than now.',
    );
    expect(words(0, 0)).toBe(
      'With these settings the last 24 h would have raised no incident, as many as now.',
    );
    expect(words(3, null)).toBe('With these settings the last 24 h would have raised 3 incidents.');
    expect(words(3, 'same')).toBe(
      'With the settings that count now the last 24 h would have raised 3 incidents.',
    );
  });

  it('U142 says which stretch was tried where it is shorter, or long ago', () => {
    expect(words(3, null, TRIED_TO_MS + 60_000, 18)).toContain('the last 18 h would');
    expect(words(3, null, TRIED_TO_MS + 3_600_000)).toContain('the 24 h up to 14:03 would');
    expect(words(3, null, TRIED_TO_MS + 86_400_000)).toContain('the 24 h up to 21 Nov 14:03 would');
  });
});
