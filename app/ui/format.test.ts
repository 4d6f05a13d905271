import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatCountCompact,
  formatCountShort,
  formatDuration,
  formatUsd,
  formatUsdCompact,
} from './format.ts';

describe('format', () => {
  it('tells money in whole dollars, and in cents below $100', () => {
    expect([102_345.6, 100, 99.994, 18.4, 0].map(formatUsd)).toEqual([
      '$102,346',
      '$100',
      '$99.99',
      '$18.40',
      '$0.00',
    ]);
    expect([0, 250_000, 1_500_000].map(formatUsdCompact)).toEqual(['$0', '$250K', '$1.5M']);
  });

  it('tells a figure in three digits and a scale in as few as it takes', () => {
    expect([0, 999, 1_000, 1_234_567, 13_500_000_000].map(formatCountShort)).toEqual([
      '0',
      '999',
      '1.00K',
      '1.23M',
      '13.5B',
    ]);
    expect([0, 500_000, 1_200_000].map(formatCountCompact)).toEqual(['0', '500K', '1.2M']);
  });

  it('never rounds a duration or an age up', () => {
    const durationsMs = [35_999, 60_000, 119_999, 300_000, 250_000, 3_600_000, 7_500_000];
    expect(durationsMs.map(formatDuration)).toEqual([
      '35 s',
      '60 s',
      '119 s',
      '5 min',
      '4 min 10 s',
      '1 h',
      '2 h 5 min',
    ]);
    const agesMs = [0, 59_999, 60_000, 3_599_999, 3_600_000, 172_799_999, 172_800_000];
    expect(agesMs.map(formatAge)).toEqual([
      '0 s ago',
      '59 s ago',
      '1 min ago',
      '59 min ago',
      '1 h ago',
      '47 h ago',
      '2 d ago',
    ]);
  });
});
