import { RESOLUTION_MS } from '../time/resolution.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const HOUR_MS = RESOLUTION_MS['1h'];
const HOURS_PER_DAY = 24;
const DAYS_PER_WEEK = 7;
/** 1 January 1970 was a Thursday; days of the week count from Monday. */
const WEEKDAY_OF_DAY_0 = 3;
const SATURDAY = 5;

/**
 * Number of the local hour that holds an instant: whole hours since 1 January 1970, 00:00, by the clock on the wall.
 * @param utcOffsetMinutes local time - UTC
 */
export function localHourOf(atMs: number, utcOffsetMinutes: number): number {
  return Math.floor((atMs + utcOffsetMinutes * MINUTE_MS) / HOUR_MS);
}

/** 0 to 23. */
export function hourOfDay(localHour: number): number {
  return localHour - Math.floor(localHour / HOURS_PER_DAY) * HOURS_PER_DAY;
}

export function isWeekend(localHour: number): boolean {
  const weekday = Math.floor(localHour / HOURS_PER_DAY) + WEEKDAY_OF_DAY_0;
  return weekday - Math.floor(weekday / DAYS_PER_WEEK) * DAYS_PER_WEEK >= SATURDAY;
}
