/** Entries kept; what is older than the oldest of them is not forgotten, only told less finely. */
const CAPACITY = 32;

/** A list as plain JSON: bin numbers and values, oldest first. */
export interface RecordListState {
  readonly bins: readonly number[];
  readonly values: readonly number[];
}

/**
 * The standing records of a signal: the values that no later one has reached, within the newest `horizon` bins.
 * Newer ones are strictly smaller, so "when was it last this high" is a binary search. A record list of -x tells the same of lows.
 */
export class RecordList {
  readonly #horizon: number;
  // One place more than is kept: the newest goes in before one goes out.
  readonly #bins = new Float64Array(CAPACITY + 1);
  readonly #values = new Float64Array(CAPACITY + 1);
  #length = 0;

  /** @param horizon in bins */
  constructor(horizon: number, state?: RecordListState) {
    this.#horizon = horizon;
    if (!state) return;
    this.#bins.set(state.bins);
    this.#values.set(state.values);
    this.#length = state.values.length;
  }

  get length(): number {
    return this.#length;
  }

  /** The largest value within the horizon; undefined: there is none. */
  get record(): number | undefined {
    return this.#length === 0 ? undefined : this.#values[0];
  }

  /** Number of the newest bin whose value was at least `value`; undefined: none within the horizon was. */
  newestReaching(value: number): number | undefined {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#values[middle] ?? 0) >= value) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : this.#bins[low - 1];
  }

  /** The largest value in bin `fromBin` or later; undefined: there is none. */
  largestFrom(fromBin: number): number | undefined {
    let at = 0;
    while (at < this.#length && (this.#bins[at] ?? 0) < fromBin) at++;
    return at === this.#length ? undefined : this.#values[at];
  }

  /** @param bin above all before */
  push(bin: number, value: number): void {
    const bins = this.#bins;
    const values = this.#values;
    let expired = 0;
    while (expired < this.#length && (bins[expired] ?? 0) <= bin - this.#horizon) expired++;
    if (expired > 0) this.#removeAt(0, expired);
    while (this.#length > 0 && (values[this.#length - 1] ?? 0) <= value) this.#length--;
    bins[this.#length] = bin;
    values[this.#length] = value;
    this.#length++;
    if (this.#length > CAPACITY) this.#removeAt(this.#leastTelling(), 1);
  }

  toState(): RecordListState {
    return {
      bins: [...this.#bins.subarray(0, this.#length)],
      values: [...this.#values.subarray(0, this.#length)],
    };
  }

  /** The entry, neither the oldest nor the newest, whose value is nearest to that of the next older one. */
  #leastTelling(): number {
    let nearest = 1;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 1; at < this.#length - 1; at++) {
      const gap = (this.#values[at - 1] ?? 0) - (this.#values[at] ?? 0);
      if (gap < least) {
        least = gap;
        nearest = at;
      }
    }
    return nearest;
  }

  #removeAt(at: number, count: number): void {
    this.#bins.copyWithin(at, at + count, this.#length);
    this.#values.copyWithin(at, at + count, this.#length);
    this.#length -= count;
  }
}
