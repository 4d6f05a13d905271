import type { Rollup } from '../rollup/rollup.ts';
import type { Forecast, Forecaster } from './forecaster.ts';
import { localHourOf } from './local-hour.ts';
import { Profile } from './profile.ts';
import { Signal } from './signal.ts';

/** Four weeks. */
const HORIZON_BINS = 672;
/** On the second day it shows how far an hour is from the same of the day before. */
const LEAST_BINS = 48;
/** The band is of what happened in this part of the time watched, and this part of the spread on both sides. */
const BAND_PART = 0.5;
const BAND_MARGIN = 0.05;
const WIDENING = 1.5;
/** Hours that stand out are held back for so long; then they are how it is. */
const MOST_HELD_BINS = 8;
/** So many spreads beyond all that was, an hour stands out: scores of so few bins do not tell that. */
const LEAST_EXCESS = 0.5;

/** Of hours: what is usual at this hour of the day, as a trend of hours would follow the day itself, half a day late. */
export class HourForecaster implements Forecaster {
  readonly #profile = new Profile();
  /** Of the logarithm of usage, how far it is from the usual. */
  readonly #gaps = new Signal(HORIZON_BINS, WIDENING);
  #bins = 0;
  #held = 0;

  forecast(startMs: number): Forecast | null {
    this.#profile.moveTo(localHourOf(startMs, 0));
    const { usual } = this.#profile;
    if (usual === undefined || this.#bins < LEAST_BINS) return null;
    const watched = Math.min(this.#bins, HORIZON_BINS);
    const { low, high } = this.#gaps.extremesFrom(this.#bins + 1 - BAND_PART * watched);
    const margin = BAND_MARGIN * this.#gaps.spread;
    return {
      trend: Math.exp(usual),
      low: Math.exp(usual + low - margin),
      high: Math.exp(usual + high + margin),
    };
  }

  learn(startMs: number, { tokens }: Rollup): void {
    this.#profile.moveTo(localHourOf(startMs, 0));
    if (tokens <= 0) return;
    const value = Math.log(tokens);
    const { usual } = this.#profile;
    if (usual !== undefined && this.#isHeld(value - usual)) return;
    this.#bins++;
    this.#gaps.push(this.#bins, usual === undefined ? 0 : value - usual);
    this.#profile.add(value);
  }

  #isHeld(gap: number): boolean {
    const isJudged = this.#bins >= LEAST_BINS;
    const stands = isJudged && this.#gaps.score(this.#bins + 1, gap).excess >= LEAST_EXCESS;
    this.#held = stands ? this.#held + 1 : 0;
    return stands && this.#held <= MOST_HELD_BINS;
  }
}
