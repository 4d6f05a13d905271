/** How much longer than any before a run must be. */
const LONGER = 1.5;
/** A longer run than this is how the series is, and no incident: it is learnt though it alarmed. */
const LEARNT_FROM_BINS = 240;

export interface RunState {
  readonly bins: number;
  readonly length: number;
  readonly record: number;
  readonly previous: number | null;
}

/** What a run looks like after a bin. */
export interface Run {
  /** Bins that it lasts by now, this one included; 0: there is none. */
  readonly length: number;
  /** The longest run before it. */
  readonly record: number;
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

/**
 * An exact test beside the statistical ones: whether a series is silent, or stuck, for clearly longer than it ever
 * was. A run that alarmed is not learnt unless it lasts for hours, so that the next one alarms too.
 */
export class RunRecord {
  readonly #options: RunOptions;
  #bins: number;
  #length: number;
  #record: number;
  #previous: number | null;

  constructor(options: RunOptions, state?: RunState) {
    this.#options = options;
    this.#bins = state?.bins ?? 0;
    this.#length = state?.length ?? 0;
    this.#record = state?.record ?? 0;
    this.#previous = state?.previous ?? null;
  }

  /**
   * Takes the value of the next bin.
   * @param leastBins shorter runs are no alarm
   */
  push(value: number, leastBins: number): Run {
    const isInRun = this.#options.of === 'zero' ? value === 0 : this.#repeats(value);
    this.#previous = value;
    if (!isInRun) this.#end(leastBins);
    else this.#length++;
    this.#bins++;
    return {
      length: this.#length,
      record: this.#record,
      bins: this.#bins,
      isAlarm: this.#isAlarm(leastBins),
    };
  }

  toState(): RunState {
    return {
      bins: this.#bins,
      length: this.#length,
      record: this.#record,
      previous: this.#previous,
    };
  }

  #repeats(value: number): boolean {
    return value !== 0 && value === this.#previous;
  }

  #isAlarm(leastBins: number): boolean {
    const { warmUpBins } = this.#options;
    return (
      this.#length >= leastBins &&
      this.#length > LONGER * this.#record &&
      // A run that began before it could be judged is how the series began.
      this.#bins - this.#length >= warmUpBins
    );
  }

  #end(leastBins: number): void {
    if (this.#length >= LEARNT_FROM_BINS || !this.#isAlarm(leastBins))
      this.#record = Math.max(this.#record, this.#length);
    this.#length = 0;
  }
}
