import type { Rollup } from '../rollup/rollup.ts';
import type { Forecast, Forecaster } from './forecaster.ts';
import { localHourOf } from './local-hour.ts';
import { Profile } from './profile.ts';

/** Of the usual deviation: about a week. */
const SLOWEST_GAIN = 1 / 168;
/** On the second day it shows how far an hour is from the same of the day before. */
const LEAST_BINS = 48;
/** Half the width of the band, in deviations; no less than this part of the usual. */
const BAND_DEVIATIONS = 4;
const LEAST_WIDTH = Math.log(1.05);
/** Hours that are so many times as far off as the band are held back for so long; then they are how it is. */
const HELD_WIDTHS = 1.5;
const MOST_HELD_BINS = 8;

/** Of hours: what is usual at this hour of the day, as a trend of hours would follow the day itself, half a day late. */
export class HourForecaster implements Forecaster {
  readonly #profile = new Profile();
  /** Mean distance from the usual, in logarithms of usage. */
  #deviation = 0;
  #judgedBins = 0;
  #bins = 0;
  #held = 0;

  forecast(startMs: number): Forecast | null {
    this.#profile.moveTo(localHourOf(startMs, 0));
    const { usual } = this.#profile;
    if (usual === undefined || this.#bins < LEAST_BINS) return null;
    return {
      trend: Math.exp(usual),
      low: Math.exp(usual - this.#width),
      high: Math.exp(usual + this.#width),
    };
  }

  learn(startMs: number, { tokens }: Rollup): void {
    this.#profile.moveTo(localHourOf(startMs, 0));
    if (tokens <= 0) return;
    const value = Math.log(tokens);
    const { usual } = this.#profile;
    const gap = usual === undefined ? null : Math.abs(value - usual);
    if (gap !== null && this.#isHeld(gap)) return;
    this.#bins++;
    this.#profile.add(value);
    if (gap === null) return;
    this.#judgedBins++;
    const gain = Math.max(SLOWEST_GAIN, 1 / this.#judgedBins);
    this.#deviation += gain * (gap - this.#deviation);
  }

  get #width(): number {
    return Math.max(LEAST_WIDTH, BAND_DEVIATIONS * this.#deviation);
  }

  #isHeld(gap: number): boolean {
    const stands = this.#bins >= LEAST_BINS && gap > HELD_WIDTHS * this.#width;
    this.#held = stands ? this.#held + 1 : 0;
    return stands && this.#held <= MOST_HELD_BINS;
  }
}
