import type { Rollup } from '../rollup/rollup.ts';

/** What a bin was expected to use before it was seen, tokens. */
export interface Forecast {
  readonly trend: number;
  /** Between these it would not stand out. */
  readonly low: number;
  readonly high: number;
}

/** Learns what a slice uses, bin by bin, oldest first, and tells of each bin before it sees it. */
export interface Forecaster {
  /** Of the next bin; null: too little was learnt. */
  forecast(startMs: number): Forecast | null;
  learn(startMs: number, sums: Rollup): void;
}
