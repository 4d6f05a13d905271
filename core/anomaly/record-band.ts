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
  readonly unprofiledBins: number;
  readonly usual: number | null;
  readonly signals: Readonly<Record<SignalName, SignalState>>;
}

/** How unusual a bin was, and by which view on the series. */
export interface BinScore extends SignalScore {
  readonly signal: SignalName;
  /** Bins that it was compared with. */
  readonly watchedBins: number;
  /** Value - what is usual at such an hour, on whichever days it is nearer; null: none like it was seen to its end. */
  readonly fromUsual: number | null;
  /** Value - trend. */
  readonly fromTrend: number;
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
  /** Bins before it was known what is usual: of the views that need it, records by far count only from then on. */
  #unprofiledBins: number;
  /** What was usual in the hour of the last bin; null: nothing was. */
  #usual: number | null;
  /** Of the value assessed last. */
  readonly #views: Record<SignalName, number> = { value: 0, trend: 0, profile: 0, lasting: 0 };
  readonly #signals: Readonly<Record<SignalName, Signal>>;

  /** @param horizon in bins: what is older is forgotten */
  constructor(horizon: number, state?: RecordBandState) {
    this.#horizon = horizon;
    this.#bins = state?.bins ?? 0;
    this.#trend = new Trend(state?.trend);
    this.#profile = new Profile(state?.profile);
    this.#lasting = state?.lasting ?? 0;
    this.#unprofiledBins = state?.unprofiledBins ?? 0;
    this.#usual = state?.usual ?? null;
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
    this.#look(value, localHour);
    return this.#score();
  }

  /** Takes what was assessed last as the next bin, and learns from it. */
  learn(): void {
    const isProfiled = this.#isProfiled || this.#profile.usual !== undefined;
    const bin = ++this.#bins;
    if (!isProfiled) this.#unprofiledBins = bin;
    const views = this.#views;
    for (const name of SIGNALS) this.#signals[name].push(bin, views[name]);
    this.#trend.follow(views.value, bin);
    this.#profile.add(views.value);
    this.#lasting = views.lasting;
    this.#usual = this.#profile.usualOfAllDays ?? null;
  }

  /** Takes the value of the next bin, says how unusual it was, and learns from it. */
  push(value: number, localHour: number): BinScore {
    const score = this.assess(value, localHour);
    this.learn();
    return score;
  }

  /**
   * Lets a bin pass without learning from it, as during an incident, so that the same will stand out again. The
   * trend goes on as the hours of the day usually do.
   */
  hold(localHour: number): void {
    if (!this.#isProfiled) this.#unprofiledBins++;
    this.#bins++;
    this.#profile.moveTo(localHour);
    // Of all days: where days meet, one kind of day would jump to the other.
    const usual = this.#profile.usualOfAllDays ?? null;
    if (usual !== null && this.#usual !== null) this.#trend.shift(usual - this.#usual);
    this.#usual = usual;
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
      unprofiledBins: this.#unprofiledBins,
      usual: this.#usual,
      signals: {
        value: value.toState(),
        trend: trend.toState(),
        profile: profile.toState(),
        lasting: lasting.toState(),
      },
    };
  }

  get #isProfiled(): boolean {
    return this.#bins > this.#unprofiledBins;
  }

  #score(): BinScore {
    const views = this.#views;
    const bin = this.#bins + 1;
    const watchedBins = Math.min(bin - 1, this.#horizon);
    const fromUsual = this.#profile.distanceOf(views.value) ?? null;
    const fromTrend = views.trend;
    if (bin <= SILENT_BINS) return { ...NO_SCORE, watchedBins, fromUsual, fromTrend };
    let signal: SignalName = 'value';
    let best = this.#signals.value.score(bin, views.value, bin);
    for (const name of LATER_SIGNALS) {
      const knownBins = name === 'trend' ? bin : bin - this.#unprofiledBins;
      const other = this.#signals[name].score(bin, views[name], knownBins);
      if (other.score <= best.score) continue;
      best = other;
      signal = name;
    }
    const { score, direction, sinceBins, excess } = best;
    return { score, direction, sinceBins, excess, signal, watchedBins, fromUsual, fromTrend };
  }

  #look(value: number, localHour: number): void {
    this.#profile.moveTo(localHour);
    const { usual } = this.#profile;
    const views = this.#views;
    views.value = value;
    views.trend = this.#bins === 0 ? 0 : value - this.trend;
    views.profile = usual === undefined ? 0 : value - usual;
    views.lasting = this.#lasting + LASTING_GAIN * (views.profile - this.#lasting);
  }
}
