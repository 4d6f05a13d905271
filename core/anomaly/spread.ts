/** Slowest that the usual deviation is learnt, per bin. */
const GAIN = 0.002;
const DEVIATIONS = 8;
const RANGE_FLOOR = 0.001;

export interface SpreadState {
  readonly mean: number;
  readonly deviation: number;
}

/** How far a signal usually strays from its mean: what "a little more" or "a little less" is of it. */
export class Spread {
  #mean: number;
  #deviation: number;

  constructor(state: SpreadState = { mean: 0, deviation: 0 }) {
    this.#mean = state.mean;
    this.#deviation = state.deviation;
  }

  /**
   * In the unit of the signal.
   * @param range largest - smallest value within the horizon
   */
  of(range: number): number {
    // (range * usual^3)^(1/4): two roots are several times faster than two powers.
    const usual = DEVIATIONS * this.#deviation + RANGE_FLOOR * range;
    return Math.sqrt(Math.sqrt(range * usual) * usual);
  }

  /** @param count bins so far, this one included */
  push(value: number, count: number): void {
    const gain = Math.max(GAIN, 1 / count);
    this.#mean += gain * (value - this.#mean);
    this.#deviation += gain * (Math.abs(value - this.#mean) - this.#deviation);
  }

  toState(): SpreadState {
    return { mean: this.#mean, deviation: this.#deviation };
  }
}
