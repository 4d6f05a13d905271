import { DAY_MS, instantOf, startOfDay, wallAt, type Zone } from '#core/time/zone.ts';
import { LEAST_SPAN_MS, MOST_SPAN_MS } from '#core/view/window.ts';
import { formatDuration } from './format.ts';

/** One end of a range as it was typed. */
export interface TypedInstant {
  readonly date: string;
  /** Empty: the start of the day, or for the end of a range the end of the day. */
  readonly time: string;
}

export interface TypedRange {
  readonly from: TypedInstant;
  readonly to: TypedInstant;
}

export type End = keyof TypedRange;

/** What was meant, or what is wrong with it, in words for people. */
type ReadRange =
  | { readonly ok: true; readonly fromMs: number; readonly toMs: number; readonly note: string }
  | {
      readonly ok: false;
      /** Of each end, null: nothing. */
      readonly from: string | null;
      readonly to: string | null;
      /** Of both together, if each is right for itself. */
      readonly both: string | null;
    };

type Read = { readonly atMs: number; readonly note: string } | { readonly problem: string };

const DATE = /^(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})$/;
const TIME = /^(\d{1,2})(?:[:. ]?(\d{2})(?:[:. ]?(\d{2}))?)?$/;

/**
 * @param nowMs server time: what comes after it cannot be shown
 * @returns also what the clocks of the zone made of it, as a note
 */
export function readTypedRange(typed: TypedRange, zone: Zone, nowMs: number): ReadRange {
  const from = readEnd('from', typed.from, zone, nowMs);
  const to = readEnd('to', typed.to, zone, nowMs);
  if ('problem' in from || 'problem' in to) {
    const problemOf = (end: Read) => ('problem' in end ? end.problem : null);
    return { ok: false, from: problemOf(from), to: problemOf(to), both: null };
  }
  // The day before the first one ends when that begins, and is still the wrong way round.
  const isReversed = (dateOf(typed.from.date) ?? 0) > (dateOf(typed.to.date) ?? 0);
  const spanMs = to.atMs - from.atMs;
  const both = problemOfBoth(from.atMs, isReversed ? Math.min(spanMs, -1) : spanMs, nowMs);
  if (both !== null) return { ok: false, from: null, to: null, both };
  const note = [from.note, to.note].filter((one) => one !== '').join(' ');
  return { ok: true, fromMs: from.atMs, toMs: to.atMs, note };
}

function problemOfBoth(fromMs: number, spanMs: number, nowMs: number): string | null {
  if (fromMs >= nowMs) return 'This lies in the future: there is nothing to show yet.';
  if (spanMs === 0) return 'It ends when it begins: nothing lies in between.';
  if (spanMs < 0) return 'It ends before it begins.';
  if (fromMs + spanMs > nowMs)
    return 'The end lies in the future. Leave its time empty to end now.';
  const least = formatDuration(LEAST_SPAN_MS);
  if (spanMs < LEAST_SPAN_MS) return `This is shorter than ${least}, the finest that is measured.`;
  const most = formatDuration(MOST_SPAN_MS);
  return spanMs > MOST_SPAN_MS ? `This is longer than ${most}, the longest that is kept.` : null;
}

function readEnd(end: End, { date, time }: TypedInstant, zone: Zone, nowMs: number): Read {
  const which = end === 'from' ? 'the first day' : 'the last day';
  if (date.trim() === '') return { problem: `Give ${which}, such as 2026-11-21.` };
  const dateWallMs = dateOf(date);
  if (dateWallMs === null) {
    return { problem: `“${date.trim()}” is no date. Write year, month and day: 2026-11-21.` };
  }
  if (time.trim() === '') return { atMs: wholeDay(end, dateWallMs, zone, nowMs), note: '' };
  const timeMs = timeOf(time);
  if (timeMs === null) {
    return { problem: `“${time.trim()}” is no time of day. Write hours and minutes: 14:30.` };
  }
  return localInstant(zone, dateWallMs + timeMs);
}

/** The end of a day that is not over is now. */
function wholeDay(end: End, dateWallMs: number, zone: Zone, nowMs: number): number {
  if (end === 'from') return startOfDay(zone, dateWallMs);
  const endMs = startOfDay(zone, dateWallMs + DAY_MS);
  return startOfDay(zone, dateWallMs) < nowMs ? Math.min(endMs, nowMs) : endMs;
}

function localInstant(zone: Zone, wallMs: number): Read {
  const atMs = instantOf(zone, wallMs);
  const shownMs = wallAt(zone, atMs);
  const time = (ms: number) => new Date(ms).toISOString().slice(11, 16);
  if (shownMs !== wallMs) {
    const note = `${time(wallMs)} is passed over as clocks are set forward: ${time(shownMs)} is taken.`;
    return { atMs, note };
  }
  const isTwice = [-1, 1].some((side) => {
    const otherMs = wallMs - zone.offsetMsAt(atMs + side * DAY_MS);
    return otherMs !== atMs && wallAt(zone, otherMs) === wallMs;
  });
  const note = `${time(wallMs)} comes twice as clocks are set back: the first is taken.`;
  return { atMs, note: isTwice ? note : '' };
}

/** Midnight of a date as wall ms; null: it is none, or none that a calendar has. */
export function dateOf(text: string): number | null {
  const [, year = '', month = '', day = ''] = DATE.exec(text.trim()) ?? [];
  const wallMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // 31 February would be 3 March.
  const isThere = new Date(wallMs).getUTCDate() === Number(day) && Number(month) <= 12;
  return year !== '' && Number(year) >= 1970 && isThere ? wallMs : null;
}

/** Since midnight, ms; up to 24:00. Null: it is no time of day. */
function timeOf(text: string): number | null {
  const [, hour = '', minute = '0', second = '0'] = TIME.exec(text.trim()) ?? [];
  if (hour === '' || Number(minute) > 59 || Number(second) > 59) return null;
  const timeMs = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000;
  return timeMs <= DAY_MS ? timeMs : null;
}

/** How an instant would be typed. */
export function typedInstant(zone: Zone, atMs: number): TypedInstant {
  const iso = new Date(wallAt(zone, atMs)).toISOString();
  const time = iso.slice(11, 19);
  return { date: iso.slice(0, 10), time: time.replace(/:00$/, '') };
}

/** Ranges that are often wanted, by name; whole local days, up to now at most. */
export function quickRanges(zone: Zone, nowMs: number): Readonly<Record<string, TypedRange>> {
  const today = new Date(wallAt(zone, nowMs)).toISOString().slice(0, 10);
  const todayMs = Date.parse(today);
  const days = (from: number, to: number): TypedRange => ({
    from: { date: dateText(todayMs + from * DAY_MS), time: '' },
    to: { date: dateText(todayMs + to * DAY_MS), time: '' },
  });
  return {
    Today: days(0, 0),
    Yesterday: days(-1, -1),
    'Last 7 full days': days(-7, -1),
    'This month': { ...days(0, 0), from: { date: `${today.slice(0, 8)}01`, time: '' } },
  };
}

function dateText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
