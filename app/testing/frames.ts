import type { Frame } from '#core/view/frame.ts';

/** 14:03:25 on the clock of whoever reads it, wherever the test runs. */
export const AS_OF_MS = new Date(2026, 2, 3, 14, 3, 25).getTime();

const BUCKETS = 60;
const BUCKET_MS = 5_000;

/** A frame of a busy, fully known window; every bucket has 1,000 tokens. */
export function aFrame(parts: Partial<Frame> = {}): Frame {
  return {
    number: 1,
    epoch: 'test',
    playheadMs: AS_OF_MS + 1_500,
    asOfMs: AS_OF_MS,
    spendRate: { windowMs: 60_000, coveredMs: 60_000, usdPerHour: 102_345.6 },
    tokenSeries: aTokenSeries(Array.from({ length: BUCKETS }, () => 1_000)),
    ...parts,
  };
}

/** Buckets of 5 s that end at `AS_OF_MS`. */
export function aTokenSeries(tokens: readonly (number | null)[]): Frame['tokenSeries'] {
  return { fromMs: AS_OF_MS - tokens.length * BUCKET_MS, resolutionMs: BUCKET_MS, tokens };
}
