import { formatDuration } from '../../../format.ts';
import type { TimeFormat } from '../../../time-format.ts';
import type { Tried } from './use-back-tests.ts';

/** As new as it can be: the minute that is filling, and the one before it, ms. */
const NOW_MS = 300_000;

/**
 * "With these settings the last 24 h would have raised 7 incidents, 2 more than now."
 * @param present what counts now; 'same': this is it; null: not known
 * @param nowMs server time
 */
export function raisedWords(
  { tried, incidents }: Tried,
  present: Tried | 'same' | null,
  { formatOtherDay, formatMinute }: TimeFormat,
  nowMs: number,
): string {
  const length = formatHours(tried.toMs - tried.fromMs);
  const end = `${formatOtherDay(tried.toMs, nowMs)}${formatMinute(tried.toMs)}`;
  const when = nowMs - tried.toMs <= NOW_MS ? `last ${length}` : `${length} up to ${end}`;
  const which = present === 'same' ? 'the settings that count now' : 'these settings';
  const compared =
    present === null || present === 'same' ? '' : comparedWith(incidents.length, present);
  return `With ${which} the ${when} would have raised ${countOf(incidents.length)}${compared}.`;
}

/** A day is told as hours. */
function formatHours(ms: number): string {
  return formatDuration(Math.floor(ms / 3_600_000) * 3_600_000 || ms);
}

function countOf(count: number): string {
  if (count === 0) return 'no incident';
  return count === 1 ? '1 incident' : `${count} incidents`;
}

function comparedWith(count: number, { incidents }: Tried): string {
  const more = count - incidents.length;
  if (more === 0) return ', as many as now';
  return more > 0 ? `, ${more} more than now` : `, ${-more} fewer than now`;
}
