import { QuietBar } from './quiet-bar.ts';
import type { Outlook } from './recent-minutes.ts';
import { type Band, type BinScore, RecordBand, type RecordBandState } from './record-band.ts';
import type { Direction } from './signal.ts';

/** Of minutes: four weeks. */
const HORIZON_BINS = 40_320;
/** No alarm before. */
const WARM_UP_BINS = 120;
/** Level of the band that is drawn. */
const BAND_LEVEL = 0.5;
/** Of the smoothed distance from the trend that tells when an alarm is over: 2 / (5 + 1). */
const SMOOTHING = 1 / 3;
/** It is over when the smoothed distance is below this part of what it was on average. */
const OVER_BELOW = 0.5;

/** What is nearer than this part to what is usual is no matter, however rare. */
const LEAST_PART = 0.1;
const LEAST_GAP = Math.log(1 + LEAST_PART);

/** How far a measure has been from its trend since it alarmed. */
export interface Stray {
  readonly direction: Direction;
  /** Start of the first bin, epoch ms. */
  readonly startMs: number;
  readonly bins: number;
  /** Logarithms of value / trend, signed so that the alarm's direction is positive. */
  readonly meanGap: number;
  readonly smoothGap: number;
}

export interface MeasureWatchState {
  readonly band: RecordBandState;
  readonly bar: number;
  readonly stray: Stray | null;
}

/**
 * Watches one measure of one group, by the logarithm of its value: usage varies in proportion to its level, and what is ten times
 * the usual is as odd by night as by day. Bins without a value, or with 0, are none: exact tests are there for those.
 */
export class MeasureWatch {
  readonly #band: RecordBand;
  #bar: QuietBar;
  #stray: Stray | null;

  constructor(state?: MeasureWatchState) {
    this.#band = new RecordBand(HORIZON_BINS, state?.band);
    this.#bar = new QuietBar(state?.bar);
    this.#stray = state?.stray ?? null;
  }

  get stray(): Stray | null {
    return this.#stray;
  }

  /** What the measure would be if nothing was the matter; null: too little was seen to say. */
  get expected(): number | null {
    return this.#band.bins === 0 ? null : Math.exp(this.#band.trend);
  }

  /** Where the next value would not stand out. */
  get expectedBand(): Band | null {
    if (this.#band.bins === 0) return null;
    const { low, high } = this.#band.band(BAND_LEVEL);
    return { low: Math.exp(low), high: Math.exp(high) };
  }

  /** The same, as logarithms, with the trend. */
  get outlook(): Outlook | null {
    if (this.#band.bins === 0) return null;
    const { low, high } = this.#band.band(BAND_LEVEL);
    return { trend: this.#band.trend, low, high };
  }

  /** How unusual a value would be in the next bin; null: nothing can be said. Changes nothing. */
  assess(value: number | null, localHour: number): BinScore | null {
    if (value === null || value <= 0) return null;
    const score = this.#band.assess(Math.log(value), localHour);
    return this.#band.bins < WARM_UP_BINS ? null : score;
  }

  /**
   * Whether the value assessed last begins an alarm.
   * @param score as assessed
   * @param level least score of an alarm
   */
  alarms(score: BinScore, level: number): boolean {
    return this.#bar.passes(isOdd(score) ? score.score : 0, level);
  }

  /** Learns from the value assessed last, which was above 0. */
  learn(): void {
    this.#band.learn();
  }

  hold(localHour: number): void {
    this.#band.hold(localHour);
  }

  /** Begins to follow how far the measure strays. */
  follow(direction: Direction, startMs: number): void {
    this.#stray = { direction, startMs, bins: 0, meanGap: 0, smoothGap: 0 };
  }

  /** Follows it for a bin more; forgets it when it is back. A bin of which nothing is said counts as back. */
  followOn(value: number | null): void {
    if (!this.#stray) return;
    const { direction, startMs, bins, meanGap, smoothGap } = this.#stray;
    const away = value !== null && value > 0 ? Math.log(value) - this.#band.trend : 0;
    const gap = direction === 'up' ? away : -away;
    const smooth = bins === 0 ? gap : smoothGap + SMOOTHING * (gap - smoothGap);
    const mean = meanGap + (gap - meanGap) / (bins + 1);
    const isBack = bins > 0 && smooth <= Math.max(0, OVER_BELOW * meanGap);
    this.#stray = isBack
      ? null
      : { direction, startMs, bins: bins + 1, meanGap: mean, smoothGap: smooth };
    // What has ended may begin again at once.
    if (isBack) this.#bar = new QuietBar();
  }

  /** Takes what is now for usual; what goes on all the same is kept quiet for a while. */
  accept(): void {
    this.#stray = null;
  }

  toState(): MeasureWatchState {
    return { band: this.#band.toState(), bar: this.#bar.bar, stray: this.#stray };
  }
}

/**
 * Whether a value is far from what is usual at its hour, or from the trend while that is not known. A return to what is usual
 * may be the steepest rise ever, and is none.
 */
export function isOdd({ direction, fromUsual, fromTrend }: BinScore): boolean {
  const away = fromUsual ?? fromTrend;
  return (direction === 'up' ? away : -away) >= LEAST_GAP;
}
