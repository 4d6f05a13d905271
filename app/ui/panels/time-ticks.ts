import type { Interval } from '#core/time/intervals.ts';
import { ceilTo } from '#core/time/resolution.ts';
import { DAY_MS, daysOf, stretchesOf, type Zone } from '#core/time/zone.ts';
import type { TimeFormat } from '../time-format.ts';

/** Marks of a time axis. */
export interface TimeTicks {
  /** Epoch ms, ascending. */
  readonly atMs: readonly number[];
  readonly format: (atMs: number) => string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEK_DAYS = 7;
/** The epoch began on a Thursday. */
const MONDAY = 4;
/** Divisors of an hour, a day, or whole days: round times for whoever reads them. */
const STEPS_MS = [
  ...[0.5, 1, 2, 5, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, WEEK_DAYS].map((days) => days * DAY_MS),
];
/** Room for one label and the gap beside it, in em of the axis's font. */
const LABEL_EM = 5.5;
const LABEL_WITH_SECONDS_EM = 7.5;
/** Where clocks are set, marks come closer; nearer than this part of a step their labels would touch. */
const NEAREST = 0.75;

/**
 * As many marks as fit side by side, at round local times.
 * @param widthPx width of the axis
 * @param emPx font size of its labels
 */
export function timeTicks(
  fromMs: number,
  toMs: number,
  widthPx: number,
  emPx: number,
  format: TimeFormat,
): TimeTicks {
  const pxPerMs = widthPx / (toMs - fromMs);
  const stepMs = STEPS_MS.find((step) => step * pxPerMs >= labelEm(step) * emPx);
  if (stepMs === undefined) return { atMs: [], format: format.formatMinute };
  const marks = stepMs < DAY_MS ? timesOfDay : midnights;
  const atMs: number[] = [];
  for (const at of marks(format.zone, fromMs, toMs, stepMs)) {
    if (at - (atMs.at(-1) ?? -Infinity) >= stepMs * NEAREST) atMs.push(at);
  }
  return { atMs, format: formatFor(stepMs, { fromMs, toMs }, format) };
}

/** Where clocks are set back, a time of day comes twice; what they pass over is left out. */
function timesOfDay(zone: Zone, fromMs: number, toMs: number, stepMs: number): number[] {
  return stretchesOf(zone, { fromMs, toMs }).flatMap((stretch) => {
    const times: number[] = [];
    const firstMs = ceilTo(stretch.fromMs + stretch.offsetMs, stepMs) - stretch.offsetMs;
    const isLast = stretch.toMs === toMs;
    for (let at = firstMs; at < stretch.toMs || (isLast && at === toMs); at += stepMs) {
      times.push(at);
    }
    return times;
  });
}

/** The beginnings of days; of weeks, their Mondays. */
function midnights(zone: Zone, fromMs: number, toMs: number, stepMs: number): number[] {
  const days = stepMs / DAY_MS;
  const first = days === WEEK_DAYS ? MONDAY : 0;
  return daysOf(zone, { fromMs, toMs: toMs + 1 })
    .filter((day) => (day.dateWallMs / DAY_MS) % days === first)
    .map((day) => day.fromMs)
    .filter((at) => at >= fromMs && at <= toMs);
}

function formatFor(
  stepMs: number,
  { fromMs, toMs }: Interval,
  format: TimeFormat,
): TimeTicks['format'] {
  if (stepMs >= DAY_MS) return format.formatDay;
  if (stepMs < MINUTE_MS) return format.formatTime;
  // Of an axis that goes over days each day is named where it begins.
  if (toMs - fromMs <= DAY_MS) return format.formatMinute;
  const starts = new Set(midnights(format.zone, fromMs, toMs, DAY_MS));
  return (atMs) => (starts.has(atMs) ? format.formatDay(atMs) : format.formatMinute(atMs));
}

function labelEm(stepMs: number): number {
  return stepMs < MINUTE_MS ? LABEL_WITH_SECONDS_EM : LABEL_EM;
}
