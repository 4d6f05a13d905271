import type { Profile } from './profiles.ts';
import { type CounterRandom, STREAM } from './random.ts';

export const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1_440;
const DAYS_PER_WEEK = 7;
/** 1 January 1970 was a Thursday; days of the week count from Monday. */
const WEEKDAY_OF_DAY_0 = 3;
const SATURDAY = 5;

/** Of full load, in the dead of night. */
const NIGHT_LOAD = 0.22;
const BUSIEST_HOUR = 14;
const WEEKEND_LOAD = 0.6;
/** Standard deviation, of the logarithm, of a customer's load from one hour to the next. */
const HOURLY_SIGMA = 0.12;
const WAKES_AT_MINUTE = 5 * MINUTES_PER_HOUR;
const SLEEPS_AT_MINUTE = 21 * MINUTES_PER_HOUR;
/** How often a customer has nothing to do for a whole day. */
const DAY_OFF_PROBABILITY = 0.012;

/**
 * How busy a customer is at the start of an hour (hours since the epoch), as a part of its full load, were it awake: the daily curve
 * of its time zone, quieter at weekends, with some noise. In between it changes evenly, so it never jumps.
 */
export function loadAt(random: CounterRandom, profile: Profile, hour: number): number {
  const minute = hour * MINUTES_PER_HOUR + profile.utcOffsetMinutes;
  const hourOfDay = (minute % MINUTES_PER_DAY) / MINUTES_PER_HOUR;
  const daylight = (1 + Math.cos(((hourOfDay - BUSIEST_HOUR) / 24) * 2 * Math.PI)) / 2;
  const ofDay = NIGHT_LOAD + (1 - NIGHT_LOAD) * daylight;
  const ofWeek = weekdayOf(Math.floor(minute / MINUTES_PER_DAY)) >= SATURDAY ? WEEKEND_LOAD : 1;
  return ofDay * ofWeek * random.logNormal(HOURLY_SIGMA, STREAM.load, profile.index, hour);
}

/** Whether a customer has anything to do in a minute (minutes since the epoch). It sleeps and wakes for hours at a time. */
export function isAwake(random: CounterRandom, profile: Profile, minute: number): boolean {
  const ownMinute = minute + profile.utcOffsetMinutes - profile.delayMinutes;
  const day = Math.floor(ownMinute / MINUTES_PER_DAY);
  if (profile.habit !== 'never-sleeps') {
    const minuteOfDay = ownMinute - day * MINUTES_PER_DAY;
    if (minuteOfDay < WAKES_AT_MINUTE || minuteOfDay >= SLEEPS_AT_MINUTE) return false;
  }
  if (profile.habit === 'sleeps-at-night-and-weekends' && weekdayOf(day) >= SATURDAY) return false;
  return random.uniform(STREAM.dayOff, profile.index, day) >= DAY_OFF_PROBABILITY;
}

/** Whether a customer is awake in all minutes of `[fromMinute, toMinute)` (minutes since the epoch). */
export function isAwakeAll(
  random: CounterRandom,
  profile: Profile,
  fromMinute: number,
  toMinute: number,
): boolean {
  const step = MINUTES_PER_HOUR;
  for (let minute = fromMinute; minute < toMinute; minute += step)
    if (!isAwake(random, profile, minute)) return false;
  return isAwake(random, profile, toMinute - 1);
}

/**
 * The minutes of an hour (hours since the epoch) in which a customer is awake, as a half-open range: it falls asleep
 * or wakes up at most once in an hour.
 */
export function awakeMinutesOf(
  random: CounterRandom,
  profile: Profile,
  hour: number,
): { readonly from: number; readonly to: number } {
  const first = hour * MINUTES_PER_HOUR;
  const last = first + MINUTES_PER_HOUR - 1;
  const isAwakeFirst = isAwake(random, profile, first);
  if (isAwakeFirst === isAwake(random, profile, last))
    return { from: 0, to: isAwakeFirst ? MINUTES_PER_HOUR : 0 };
  let change = first + 1;
  while (isAwake(random, profile, change) === isAwakeFirst) change++;
  return isAwakeFirst
    ? { from: 0, to: change - first }
    : { from: change - first, to: MINUTES_PER_HOUR };
}

/** 0: Monday. */
function weekdayOf(day: number): number {
  return (day + WEEKDAY_OF_DAY_0) % DAYS_PER_WEEK;
}
