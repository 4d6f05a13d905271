import { Profile, type ProfileState } from './profile.ts';
import { Signal, type SignalScore, type SignalState } from './signal.ts';
import { Trend } from './trend.ts';

/** The views on a series that are watched, by name; the order decides between equals. */
const LATER_SIGNALS = ['trend', 'profile', 'lasting'] as const;
const SIGNALS = ['value', ...LATER_SIGNALS] as const;
export type SignalName = (typeof SIGNALS)[number];

const WIDENING: Readonly<Record<SignalName, number>> = {
  value: 1,
  trend: 1.5,
  profile: 1.5,
  lasting: 2,
};

/** Of the smoothed distance from the profile: 2 / (span + 1), span 25 bins. */
const LASTING_GAIN = 2 / 26;
/** Nothing is said of the first bins. */
const SILENT_BINS = 20;
/** Of signal 'trend', added on both sides of the band. */
const BAND_MARGIN = 0.05;

const NO_SCORE = { score: 0, signal: 'value', direction: 'up', sinceBins: 0, excess: 0 } as const;

export interface RecordBandState {
  readonly bins: number;
  readonly trend: number;
  readonly profile: ProfileState;
  readonly lasting: number;
  readonly signals: Readonly<Record<SignalName, SignalState>>;
}

/** How unusual a bin was, and by which view on the series. */
export interface BinScore extends SignalScore {
  readonly signal: SignalName;
  /** Bins that it was compared with. */
  readonly watchedBins: number;
}

export interface Band {
  readonly low: number;
  readonly high: number;
}

/**
 * Tells how long ago a series was last as extreme as it is now, relative to how long it has been watched: rank-based,
 * so one threshold serves every series, in every unit. Causal and streaming: one value per bin, oldest first.
 */
export class RecordBand {
  readonly #horizon: number;
  #bins: number;
  readonly #trend: Trend;
  readonly #profile: Profile;
  #lasting: number;
  readonly #signals: Readonly<Record<SignalName, Signal>>;

  /** @param horizon in bins: what is older is forgotten */
  constructor(horizon: number, state?: RecordBandState) {
    this.#horizon = horizon;
    this.#bins = state?.bins ?? 0;
    this.#trend = new Trend(state?.trend);
    this.#profile = new Profile(state?.profile);
    this.#lasting = state?.lasting ?? 0;
    const signal = (name: SignalName) => new Signal(horizon, WIDENING[name], state?.signals[name]);
    this.#signals = {
      value: signal('value'),
      trend: signal('trend'),
      profile: signal('profile'),
      lasting: signal('lasting'),
    };
  }

  /** Bins seen. */
  get bins(): number {
    return this.#bins;
  }

  /** The line to draw; 0 before the first bin. */
  get trend(): number {
    return this.#trend.level;
  }

  /**
   * Says how unusual `value` would be in the next bin. Changes no answer: ask as often as you like.
   * @param localHour number of its local hour, as by `localHourOf`
   */
  assess(value: number, localHour: number): BinScore {
    return this.#scoreOf(this.#viewsOf(value, localHour));
  }

  /** Takes the value of the next bin, says how unusual it was, and learns from it. */
  push(value: number, localHour: number): BinScore {
    const views = this.#viewsOf(value, localHour);
    const score = this.#scoreOf(views);
    const bin = ++this.#bins;
    for (const name of SIGNALS) this.#signals[name].push(bin, views[name]);
    this.#trend.follow(value, bin);
    this.#profile.add(value);
    this.#lasting = views.lasting;
    return score;
  }

  /**
   * Lets a bin pass without learning from it, as during an incident, so that the same will stand out again. The
   * trend goes on as the hours of the day usually do.
   */
  hold(localHour: number): void {
    this.#bins++;
    const before = this.#profile.usual;
    this.#profile.moveTo(localHour);
    const now = this.#profile.usual;
    if (before !== undefined && now !== undefined) this.#trend.shift(now - before);
  }

  /**
   * Where the next value would not stand out from the trend.
   * @param level score that stands out, 0 to 1
   */
  band(level: number): Band {
    const { trend } = this.#signals;
    const watched = Math.min(this.#bins, this.#horizon);
    const { high, low } = trend.extremesFrom(this.#bins + 1 - level * watched);
    const margin = BAND_MARGIN * trend.spread;
    return { low: this.trend + low - margin, high: this.trend + high + margin };
  }

  toState(): RecordBandState {
    const { value, trend, profile, lasting } = this.#signals;
    return {
      bins: this.#bins,
      trend: this.#trend.level,
      profile: this.#profile.toState(),
      lasting: this.#lasting,
      signals: {
        value: value.toState(),
        trend: trend.toState(),
        profile: profile.toState(),
        lasting: lasting.toState(),
      },
    };
  }

  #scoreOf(views: Readonly<Record<SignalName, number>>): BinScore {
    const bin = this.#bins + 1;
    const watchedBins = Math.min(bin - 1, this.#horizon);
    if (bin <= SILENT_BINS) return { ...NO_SCORE, watchedBins };
    let signal: SignalName = 'value';
    let best = this.#signals.value.score(bin, views.value);
    for (const name of LATER_SIGNALS) {
      const other = this.#signals[name].score(bin, views[name]);
      if (other.score <= best.score) continue;
      best = other;
      signal = name;
    }
    const { score, direction, sinceBins, excess } = best;
    return { score, direction, sinceBins, excess, signal, watchedBins };
  }

  #viewsOf(value: number, localHour: number): Readonly<Record<SignalName, number>> {
    this.#profile.moveTo(localHour);
    const { usual } = this.#profile;
    const profile = usual === undefined ? 0 : value - usual;
    const lasting = this.#lasting + LASTING_GAIN * (profile - this.#lasting);
    return { value, trend: this.#bins === 0 ? 0 : value - this.trend, profile, lasting };
  }
}
