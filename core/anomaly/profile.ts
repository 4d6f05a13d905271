import { hourOfDay, isWeekend } from './local-hour.ts';

const HOURS = 24;
/** Slowest that an hour of the day is learnt, per such hour. */
const GAIN = 0.15;

/** Means by hour of the day, and how many hours each was learnt from. */
interface Means {
  readonly means: readonly number[];
  readonly counts: readonly number[];
}

export interface ProfileState {
  readonly weekdays: Means;
  readonly weekends: Means;
  readonly allDays: Means;
  /** The hour being watched, as numbered by `localHourOf`; null: none yet. */
  readonly localHour: number | null;
  readonly sum: number;
  readonly count: number;
}

class HourlyMeans {
  readonly #means: number[];
  readonly #counts: number[];

  constructor(state?: Means) {
    this.#means = state ? [...state.means] : Array<number>(HOURS).fill(0);
    this.#counts = state ? [...state.counts] : Array<number>(HOURS).fill(0);
  }

  at(hour: number): number | undefined {
    return this.#counts[hour] === 0 ? undefined : this.#means[hour];
  }

  fold(hour: number, mean: number): void {
    const count = this.#counts[hour] ?? 0;
    const old = this.#means[hour] ?? 0;
    this.#means[hour] = old + Math.max(GAIN, 1 / (count + 1)) * (mean - old);
    this.#counts[hour] = count + 1;
  }

  toState(): Means {
    return { means: [...this.#means], counts: [...this.#counts] };
  }
}

/** The usual level at each hour of a weekday and of a weekend day. An hour is learnt from when it has ended. */
export class Profile {
  readonly #weekdays: HourlyMeans;
  readonly #weekends: HourlyMeans;
  readonly #allDays: HourlyMeans;
  #localHour: number | null;
  #sum: number;
  #count: number;

  constructor(state?: ProfileState) {
    this.#weekdays = new HourlyMeans(state?.weekdays);
    this.#weekends = new HourlyMeans(state?.weekends);
    this.#allDays = new HourlyMeans(state?.allDays);
    this.#localHour = state?.localHour ?? null;
    this.#sum = state?.sum ?? 0;
    this.#count = state?.count ?? 0;
  }

  /** What is usual at the hour moved to; undefined: none like it was seen to its end. */
  get usual(): number | undefined {
    return this.#localHour === null ? undefined : this.usualAt(this.#localHour);
  }

  /** What is usual at such an hour; undefined: none like it was seen to its end. */
  usualAt(localHour: number): number | undefined {
    const hour = hourOfDay(localHour);
    const days = isWeekend(localHour) ? this.#weekends : this.#weekdays;
    return days.at(hour) ?? this.#allDays.at(hour);
  }

  /** What is usual at the hour moved to, all days taken together; undefined: none like it was seen to its end. */
  get usualOfAllDays(): number | undefined {
    return this.#localHour === null ? undefined : this.#allDays.at(hourOfDay(this.#localHour));
  }

  /** How far a value is from what is usual at the hour moved to, be it on a weekday or at a weekend; undefined: unknown. */
  distanceOf(value: number): number | undefined {
    if (this.#localHour === null) return undefined;
    const hour = hourOfDay(this.#localHour);
    const weekday = this.#weekdays.at(hour) ?? this.#weekends.at(hour);
    const weekend = this.#weekends.at(hour) ?? weekday;
    if (weekday === undefined || weekend === undefined) return undefined;
    const high = Math.max(weekday, weekend);
    if (value > high) return value - high;
    return Math.min(0, value - Math.min(weekday, weekend));
  }

  /** Ends the hour being watched if `localHour` is another one. To be called before `usual` and `add`. */
  moveTo(localHour: number): void {
    if (localHour === this.#localHour) return;
    if (this.#localHour !== null && this.#count > 0) {
      const hour = hourOfDay(this.#localHour);
      const mean = this.#sum / this.#count;
      (isWeekend(this.#localHour) ? this.#weekends : this.#weekdays).fold(hour, mean);
      this.#allDays.fold(hour, mean);
    }
    this.#localHour = localHour;
    this.#sum = 0;
    this.#count = 0;
  }

  /** Counts a value to the hour moved to. */
  add(value: number): void {
    this.#sum += value;
    this.#count++;
  }

  toState(): ProfileState {
    return {
      weekdays: this.#weekdays.toState(),
      weekends: this.#weekends.toState(),
      allDays: this.#allDays.toState(),
      localHour: this.#localHour,
      sum: this.#sum,
      count: this.#count,
    };
  }
}
