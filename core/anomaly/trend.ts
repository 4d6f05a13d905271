/** Of an exponential mean over 60 bins: 2 / (60 + 1). */
const GAIN = 2 / 61;

/** The level that a series moves around; the mean of the first bins, then an exponential one. */
export class Trend {
  #level: number;

  constructor(level = 0) {
    this.#level = level;
  }

  /** 0 before the first bin. */
  get level(): number {
    return this.#level;
  }

  /** @param bin number of the bin of `value`; the first is 1 */
  follow(value: number, bin: number): void {
    this.#level += Math.max(GAIN, 1 / bin) * (value - this.#level);
  }

  shift(by: number): void {
    this.#level += by;
  }
}
