import { ceilTo } from '#core/time/resolution.ts';
import { formatDay, formatMinute, formatTime } from '../format.ts';

/** Marks of a time axis. */
export interface TimeTicks {
  /** Epoch ms, ascending. */
  readonly atMs: readonly number[];
  readonly format: (atMs: number) => string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Divisors of an hour, a day, or whole days: round times for whoever reads them. */
const STEPS_MS = [
  ...[0.5, 1, 2, 5, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7].map((days) => days * DAY_MS),
];
/** Room for one label and the gap beside it, in em of the axis's font. */
const LABEL_EM = 5.5;
const LABEL_WITH_SECONDS_EM = 7.5;

/**
 * As many marks as fit side by side.
 * @param widthPx width of the axis
 * @param emPx font size of its labels
 */
export function timeTicks(fromMs: number, toMs: number, widthPx: number, emPx: number): TimeTicks {
  const pxPerMs = widthPx / (toMs - fromMs);
  const stepMs = STEPS_MS.find((step) => step * pxPerMs >= labelEm(step) * emPx);
  if (stepMs === undefined) return { atMs: [], format: formatMinute };
  const atMs: number[] = [];
  // Days and their parts begin at midnight here, not in Greenwich.
  const aheadMs = -new Date(fromMs).getTimezoneOffset() * MINUTE_MS;
  const firstMs = ceilTo(fromMs + aheadMs, stepMs) - aheadMs;
  for (let at = firstMs; at <= toMs; at += stepMs) atMs.push(at);
  return { atMs, format: formatFor(stepMs) };
}

function formatFor(stepMs: number): TimeTicks['format'] {
  if (stepMs >= DAY_MS) return formatDay;
  return stepMs < MINUTE_MS ? formatTime : formatMinute;
}

function labelEm(stepMs: number): number {
  return stepMs < MINUTE_MS ? LABEL_WITH_SECONDS_EM : LABEL_EM;
}
