import type { CoveragePart, KnownState } from '#core/time/coverage-parts.ts';
import type { Interval } from '#core/time/intervals.ts';
import { formatDuration } from '../format.ts';
import type { TimeFormat } from '../time-format.ts';

/** What is known, in the order of a legend: the better first. */
export const STATE_NAMES: Readonly<Record<KnownState, string>> = {
  complete: 'Live',
  'back-filled': 'Filled in later',
  partial: 'Partly here',
  missing: 'Missing',
  outage: 'Server outage',
};

/** On longer axes seconds are told of short stretches only, ms. */
const SHORT_AXIS_MS = 2 * 3_600_000;
const SHORT_STRETCH_MS = 120_000;
/** A summary is to be listened to. */
const MOST_TOLD = 4;

/** One stretch: "Server outage 14:02:10 to 14:02:45, filled in since". */
export function describePart(part: CoveragePart, span: Interval, format: TimeFormat): string {
  const since = part.state === 'outage' && part.isHere ? ', filled in since' : '';
  return `${STATE_NAMES[part.state]} ${timesOf(part, span, format)}${since}`;
}

/** A whole span in a sentence: "Complete but for 12 min: server outage 14:02 to 14:09, missing 14:10 to 14:15". */
export function summariseCoverage(
  parts: readonly CoveragePart[],
  span: Interval,
  format: TimeFormat,
): string {
  const missingMs = lengthOf(parts.filter((part) => !part.isHere));
  const spanMs = lengthOf(parts);
  const lead =
    missingMs === 0
      ? 'Complete'
      : missingMs === spanMs
        ? `None of ${formatDuration(spanMs)} is here`
        : `Complete but for ${formatDuration(missingMs)}`;
  const details = [...troublesOf(parts, span, format), ...filledIn(parts)];
  return details.length === 0 ? `${lead}, as it happened` : `${lead}: ${details.join(', ')}`;
}

function troublesOf(
  parts: readonly CoveragePart[],
  span: Interval,
  format: TimeFormat,
): readonly string[] {
  const troubles = parts.filter(({ state }) => state !== 'complete' && state !== 'back-filled');
  const told = troubles
    .slice(0, MOST_TOLD)
    .map((part) => lowerFirst(describePart(part, span, format)));
  const more = troubles.length - told.length;
  return more === 0 ? told : [...told, `and ${more} more`];
}

function filledIn(parts: readonly CoveragePart[]): readonly string[] {
  const filledMs = lengthOf(parts.filter(({ state }) => state === 'back-filled'));
  return filledMs === 0 ? [] : [`${formatDuration(filledMs)} filled in later`];
}

function timesOf({ fromMs, toMs }: Interval, span: Interval, format: TimeFormat): string {
  const { formatMinute, formatOtherDay, formatTime } = format;
  const isAxisShort = span.toMs - span.fromMs <= SHORT_AXIS_MS;
  const hasSeconds = isAxisShort || toMs - fromMs < SHORT_STRETCH_MS;
  const formatAt = hasSeconds ? formatTime : formatMinute;
  const from = `${formatOtherDay(fromMs, span.toMs)}${formatAt(fromMs)}`;
  return `${from} to ${formatOtherDay(toMs, fromMs)}${formatAt(toMs)}`;
}

function lengthOf(parts: readonly CoveragePart[]): number {
  return parts.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
