import type { Chunk } from '../rollup/chunk.ts';
import { floorTo, RESOLUTION_MS } from '../time/resolution.ts';
import type { Expected } from '../view/frame.ts';
import type { Window } from '../view/window.ts';
import type { Forecast, Forecaster } from './forecaster.ts';
import type { Learning } from './learning.ts';
import { emptySums } from './measure.ts';

/** Kept of the newest: a window of 600 points and what it is compared with. */
const MOST_BINS = 5_760;
/** Bins after the last one learnt of which the newest forecast is told: they are on their way. */
const BINS_ON_THEIR_WAY = 3;

/** What was expected of each bin of a slice, before it was seen. */
export class ForecastLog {
  readonly fromMs: number;
  readonly #binMs: number;
  readonly #learning: Learning;
  #forecaster: Forecaster;
  /** Of the bins up to `toMs`; null: too little was learnt, or the bin is not known. */
  #told: (Forecast | null)[] = [];
  #toMs: number;
  /** End of the last bin that was known. */
  #knownToMs: number;

  /** @param fromMs where it begins, a multiple of the width of its bins, epoch ms */
  constructor(learning: Learning, fromMs: number) {
    this.#learning = learning;
    this.#binMs = RESOLUTION_MS[learning.resolution];
    this.#forecaster = learning.forecaster();
    this.fromMs = fromMs;
    this.#toMs = fromMs;
    this.#knownToMs = fromMs;
  }

  /** End of what was learnt, epoch ms. */
  get toMs(): number {
    return this.#toMs;
  }

  /** Start of what it still tells of, epoch ms. */
  get keptFromMs(): number {
    return this.#toMs - this.#told.length * this.#binMs;
  }

  /**
   * Learns from a complete stretch; bins between it and what was learnt before are not known.
   * @param slice one flag per series id
   * @param toMs end of what counts of the chunk, epoch ms
   */
  learn({ rows, ...span }: Chunk, slice: Uint8Array, toMs: number): void {
    const endMs = Math.min(span.toMs, toMs);
    if (endMs <= this.#toMs) return;
    this.#skipTo(span.fromMs);
    let row = 0;
    while (this.#toMs < endMs) {
      const startMs = this.#toMs;
      const sums = emptySums();
      for (; row < rows.length && (rows.bucketStartMs[row] ?? 0) < startMs + this.#binMs; row++) {
        const isCounted = (rows.bucketStartMs[row] ?? 0) >= startMs;
        if (!isCounted || slice[rows.series[row] ?? 0] !== 1) continue;
        sums.calls += rows.calls[row] ?? 0;
        sums.tokens += rows.tokens[row] ?? 0;
        sums.costMicroUsd += rows.costMicroUsd[row] ?? 0;
        sums.latencyMsSum += rows.latencyMsSum[row] ?? 0;
      }
      this.#tell(this.#forecaster.forecast(startMs));
      this.#forecaster.learn(startMs, sums);
      this.#knownToMs = this.#toMs;
    }
  }

  /** What was expected of the points of a window; null: of none of them anything. */
  expectedIn({ fromMs, toMs, bucketMs }: Window): Expected | null {
    const points = Array.from({ length: (toMs - fromMs) / bucketMs }, (_, i) =>
      this.#point(fromMs + i * bucketMs, bucketMs),
    );
    if (points.every((one) => one === null)) return null;
    return {
      trend: points.map((one) => one && Math.round(one.trend)),
      low: points.map((one) => one && Math.round(one.low)),
      high: points.map((one) => one && Math.round(one.high)),
    };
  }

  /** Several bins are expected to use what they use together. */
  #point(startMs: number, widthMs: number): Forecast | null {
    if (widthMs < this.#binMs) return partOf(this.#at(startMs), widthMs / this.#binMs);
    const sum = { trend: 0, low: 0, high: 0 };
    for (let at = floorTo(startMs, this.#binMs); at < startMs + widthMs; at += this.#binMs) {
      const one = this.#at(at);
      if (!one) return null;
      sum.trend += one.trend;
      sum.low += one.low;
      sum.high += one.high;
    }
    return sum;
  }

  #at(startMs: number): Forecast | null {
    const index = Math.floor((startMs - this.keptFromMs) / this.#binMs);
    if (index < this.#told.length) return this.#told[index] ?? null;
    const isSoon = startMs < this.#knownToMs + BINS_ON_THEIR_WAY * this.#binMs;
    return isSoon ? this.#forecaster.forecast(this.#toMs) : null;
  }

  #skipTo(fromMs: number): void {
    // After a long hole nothing is as it was.
    if (fromMs - this.#knownToMs > this.#learning.bridgedMs) {
      this.#forecaster = this.#learning.forecaster();
    }
    while (this.#toMs < fromMs) this.#tell(null);
  }

  #tell(forecast: Forecast | null): void {
    this.#told.push(forecast);
    this.#toMs += this.#binMs;
    // Now and then many at once, as each time moves all that is left.
    if (this.#told.length >= 2 * MOST_BINS) this.#told = this.#told.slice(-MOST_BINS);
  }
}

/** A part of a bin is expected to use its part, and strays further, as what strays in parts evens out in the whole. */
function partOf(bin: Forecast | null, part: number): Forecast | null {
  if (!bin) return null;
  const { trend, low, high } = bin;
  const wider = 1 / Math.sqrt(part);
  return {
    trend: part * trend,
    low: part * trend * (low / trend) ** wider,
    high: part * trend * (high / trend) ** wider,
  };
}
