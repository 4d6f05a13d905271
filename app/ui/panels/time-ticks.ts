import { ceilTo } from '#core/time/resolution.ts';
import { formatMinute, formatTime } from '../format.ts';

/** Marks of a time axis. */
export interface TimeTicks {
  /** Epoch ms, ascending. */
  readonly atMs: readonly number[];
  readonly format: (atMs: number) => string;
}

const MINUTE_MS = 60_000;
/** Divisors of an hour, so that the marks stand at round times in nearly every time zone. */
const STEPS_MS = [0.5, 1, 2, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS);
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
  for (let at = ceilTo(fromMs, stepMs); at <= toMs; at += stepMs) atMs.push(at);
  return { atMs, format: stepMs < MINUTE_MS ? formatTime : formatMinute };
}

function labelEm(stepMs: number): number {
  return stepMs < MINUTE_MS ? LABEL_WITH_SECONDS_EM : LABEL_EM;
}
