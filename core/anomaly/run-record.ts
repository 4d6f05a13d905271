/** How much longer than usual a run must be. */
const LONGER = 1.5;
/** What came so often in four weeks is a habit. Now and then may have been incidents. */
const HABIT = 8;
/** So long a run is a habit at once: the series is like that. */
const HABIT_BINS = 240;
/** Four weeks of minutes. */
const HORIZON_BINS = 40_320;

interface PastRun {
  readonly endBin: number;
  readonly length: number;
}

export interface RunState {
  readonly bins: number;
  readonly length: number;
  /** The longest of the last four weeks, longest first. */
  readonly past: readonly PastRun[];
  readonly previous: number | null;
}

/** What a run looks like after a bin. */
export interface Run {
  /** Bins that it lasts by now, this one included; 0: there is none. */
  readonly length: number;
  /** Length of a run that is a habit of the series. */
  readonly usual: number;
  /** All bins so far. */
  readonly bins: number;
  readonly isAlarm: boolean;
}

export interface RunOptions {
  /** 'zero': bins in which there was nothing. 'equal': bins that repeat the one before, to the last unit, and are not zero. */
  readonly of: 'zero' | 'equal';
  /** No alarm before so many bins: what is usual must be seen first. */
  readonly warmUpBins: number;
}

/** An exact test beside the statistical ones: whether a series is silent, or stuck, for clearly longer than is its habit. */
export class RunRecord {
  readonly #options: RunOptions;
  #bins: number;
  #length: number;
  #past: readonly PastRun[];
  #previous: number | null;

  constructor(options: RunOptions, state?: RunState) {
    this.#options = options;
    this.#bins = state?.bins ?? 0;
    this.#length = state?.length ?? 0;
    this.#past = state?.past ?? [];
    this.#previous = state?.previous ?? null;
  }

  /**
   * Takes the value of the next bin.
   * @param leastBins shorter runs are no alarm
   */
  push(value: number, leastBins: number): Run {
    const isInRun = this.#options.of === 'zero' ? value === 0 : this.#repeats(value);
    this.#previous = value;
    if (!isInRun) this.#end();
    else this.#length++;
    this.#bins++;
    const usual = this.#usual;
    const isAlarm =
      this.#length >= leastBins &&
      this.#length > LONGER * usual &&
      // A run that began before it could be judged is how the series began.
      this.#bins - this.#length >= this.#options.warmUpBins;
    return { length: this.#length, usual, bins: this.#bins, isAlarm };
  }

  toState(): RunState {
    return {
      bins: this.#bins,
      length: this.#length,
      past: this.#past,
      previous: this.#previous,
    };
  }

  get #usual(): number {
    const longest = this.#past[0]?.length ?? 0;
    return longest >= HABIT_BINS ? longest : (this.#past[HABIT - 1]?.length ?? 0);
  }

  #repeats(value: number): boolean {
    return value !== 0 && value === this.#previous;
  }

  #end(): void {
    if (this.#length === 0) return;
    const ended = { endBin: this.#bins, length: this.#length };
    this.#length = 0;
    this.#past = [...this.#past, ended]
      .filter((one) => one.endBin > this.#bins - HORIZON_BINS)
      .sort((a, b) => b.length - a.length)
      .slice(0, HABIT);
  }
}
