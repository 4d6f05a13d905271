import { RecordList, type RecordListState } from './record-list.ts';
import { Spread, type SpreadState } from './spread.ts';

/** How much less than the same counts as the same, in spreads: the score is the mean over these. */
const MARGINS = [0.02, 0.05, 0.1] as const;
/** A record broken by far adds at most this to a score, once a signal has been watched for long. */
const MOST_BONUS = 0.5;
const BONUS_HALF_BINS = 1_000;
const BONUS_HALF_SPREADS = 0.3;
/** A series that never moved has no spread, and any move is infinitely many of them. */
const MOST_EXCESS = 1e6;

export type Direction = 'up' | 'down';

export interface SignalState {
  readonly highs: RecordListState;
  readonly lows: RecordListState;
  readonly spread: SpreadState;
}

/** How unusual one value of a signal is. */
export interface SignalScore {
  /** 0 to 1: for what part of the time watched it was not this extreme; above 1: it never was, by far. */
  readonly score: number;
  readonly direction: Direction;
  /** Bins since it was last about this extreme. */
  readonly sinceBins: number;
  /** Spreads beyond anything within the horizon; 0: it is no record. At most `MOST_EXCESS`. */
  readonly excess: number;
}

/** One view on a series, such as its distance from the trend: its records in both directions. */
export class Signal {
  readonly #horizon: number;
  /** Noisier signals need wider margins. */
  readonly #widening: number;
  readonly #highs: RecordList;
  readonly #lows: RecordList;
  readonly #spread: Spread;

  constructor(horizon: number, widening: number, state?: SignalState) {
    this.#horizon = horizon;
    this.#widening = widening;
    this.#highs = new RecordList(horizon, state?.highs);
    this.#lows = new RecordList(horizon, state?.lows);
    this.#spread = new Spread(state?.spread);
  }

  /** In the unit of the series. */
  get spread(): number {
    const range = (this.#highs.record ?? 0) + (this.#lows.record ?? 0);
    return this.#widening * this.#spread.of(range);
  }

  /**
   * @param bin number of the bin of `value`, which is not pushed yet; the first is 1
   * @param knownBins bins in which the signal told something, this one included
   */
  score(bin: number, value: number, knownBins = bin): SignalScore {
    const { spread } = this;
    const watched = Math.min(bin - 1, this.#horizon);
    if (watched === 0) return { score: 0, direction: 'up', sinceBins: 0, excess: 0 };
    const sinceUp = sinceBins(this.#highs, bin, watched, value, spread);
    const sinceDown = sinceBins(this.#lows, bin, watched, -value, spread);
    const excessUp = excessOf(this.#highs, value, spread);
    const excessDown = excessOf(this.#lows, -value, spread);
    const up = sinceUp / watched + bonusOf(knownBins, excessUp);
    const down = sinceDown / watched + bonusOf(knownBins, excessDown);
    return up >= down
      ? { score: up, direction: 'up', sinceBins: sinceUp, excess: excessUp }
      : { score: down, direction: 'down', sinceBins: sinceDown, excess: excessDown };
  }

  push(bin: number, value: number): void {
    this.#highs.push(bin, value);
    this.#lows.push(bin, -value);
    this.#spread.push(value, bin);
  }

  /** The largest value of bins from `fromBin` on, and the largest of its negative. */
  extremesFrom(fromBin: number): { readonly high: number; readonly low: number } {
    return {
      high: this.#highs.largestFrom(fromBin) ?? 0,
      low: -(this.#lows.largestFrom(fromBin) ?? 0),
    };
  }

  toState(): SignalState {
    return {
      highs: this.#highs.toState(),
      lows: this.#lows.toState(),
      spread: this.#spread.toState(),
    };
  }
}

/** Bins since a signal was last about as high as `value`; `watched` if it never was. */
function sinceBins(
  records: RecordList,
  bin: number,
  watched: number,
  value: number,
  spread: number,
): number {
  let sum = 0;
  for (const margin of MARGINS) {
    const newest = records.newestReaching(value - margin * spread);
    sum += newest === undefined ? watched : Math.min(bin - newest, watched);
  }
  return sum / MARGINS.length;
}

function excessOf(records: RecordList, value: number, spread: number): number {
  const beyond = value - (records.record ?? value);
  return beyond > 0 ? Math.min(MOST_EXCESS, beyond / spread) : 0;
}

/** Part of the full bonus that a record gets that stood for so many bins. */
export function trustIn(bins: number): number {
  return bins / (bins + BONUS_HALF_BINS);
}

function bonusOf(bins: number, excess: number): number {
  return MOST_BONUS * trustIn(bins) * (excess / (excess + BONUS_HALF_SPREADS));
}
