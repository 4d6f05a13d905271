import { UTC, type Zone, zoneNamed } from '#core/time/zone.ts';
import { formatDuration } from './format.ts';
import { usePage } from './use-page.ts';

/** How instants are told in one zone, 24 hours. */
export interface TimeFormat {
  readonly zone: Zone;
  /** "14:03:25" */
  formatTime(atMs: number): string;
  /** "14:03" */
  formatMinute(atMs: number): string;
  /** "21 Nov" */
  formatDay(atMs: number): string;
  /** "Sat" */
  formatWeekday(atMs: number): string;
  /** The day before a time of day, or nothing when it is the day of `nowMs`: "3 Mar ", "3 Mar 2025 ". */
  formatOtherDay(atMs: number, nowMs: number): string;
  /** "10 s known of the last 60 s"; of a stretch of the past: "10 s known of the 5 min to 14:05". */
  formatKnown(windowMs: number, knownMs: number, endMs: number | null): string;
  /**
   * "the last 60 s" or, when only a part of it is known, "the 35 s known of the last 60 s".
   * @param endMs where the user has stopped: "the 5 min to 14:05"; null: real time
   */
  formatWindow(windowMs: number, knownMs: number, endMs: number | null): string;
}

const LOCALE = 'en-GB';

let ownName: string | null = null;

/** The zone of this device; UTC where the browser does not know it. */
export function ownZoneName(): string {
  ownName ??= zoneNamed(new Intl.DateTimeFormat().resolvedOptions().timeZone ?? '')?.name ?? 'UTC';
  return ownName;
}

/** Made once each: making one takes a hundred times as long as using it. */
const formats = new Map<string, TimeFormat>();

/** @param name a zone that this engine knows; null: the one of this device */
export function timeFormatOf(name: string | null): TimeFormat {
  const wanted = name ?? ownZoneName();
  const made = formats.get(wanted) ?? makeFormat(wanted);
  formats.set(wanted, made);
  return made;
}

/** How instants are told on this page: in the zone that the user has chosen. */
export function useTimeFormat(): TimeFormat {
  return timeFormatOf(usePage((page) => page.zone));
}

function makeFormat(wanted: string): TimeFormat {
  const zone = zoneNamed(wanted) ?? UTC;
  const timeZone = zone.name;
  const make = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
    return (atMs: number) => format.format(atMs);
  };
  const formatMinute = make({ timeStyle: 'short' });
  const formatDay = make({ day: 'numeric', month: 'short' });
  const formatDayOfYear = make({ day: 'numeric', month: 'short', year: 'numeric' });
  const formatYear = make({ year: 'numeric' });
  const nameOfWindow = (windowMs: number, endMs: number | null) => {
    const span = formatDuration(windowMs);
    return endMs === null ? `last ${span}` : `${span} to ${formatMinute(endMs)}`;
  };
  const formatKnown: TimeFormat['formatKnown'] = (windowMs, knownMs, endMs) =>
    `${formatDuration(knownMs)} known of the ${nameOfWindow(windowMs, endMs)}`;
  return {
    zone,
    formatTime: make({ timeStyle: 'medium' }),
    formatMinute,
    formatDay,
    formatWeekday: make({ weekday: 'short' }),
    formatOtherDay: (atMs, nowMs) => {
      if (formatDayOfYear(atMs) === formatDayOfYear(nowMs)) return '';
      const isSameYear = formatYear(atMs) === formatYear(nowMs);
      return `${isSameYear ? formatDay(atMs) : formatDayOfYear(atMs)} `;
    },
    formatKnown,
    formatWindow: (windowMs, knownMs, endMs) => {
      const isWhole = knownMs >= windowMs;
      const name = isWhole ? nameOfWindow(windowMs, endMs) : formatKnown(windowMs, knownMs, endMs);
      return `the ${name}`;
    },
  };
}
