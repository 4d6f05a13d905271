import type { Anomaly } from '#core/wire/anomalies.ts';
import { formatDuration } from '../format.ts';
import { effectWords } from './incident-words.ts';

const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;

/** How unusual it is, and how that is known. */
export function unusualWords(anomaly: Anomaly): string {
  const { what, view, direction, sinceBins, watchedBins } = anomaly.reason;
  const effect = effectWords(anomaly);
  if (what === 'silence') return 'No calls at all where there are always some.';
  if (what === 'stuck') return 'Exactly the same values again and again, which use never has.';
  if (view === null || watchedBins === 0) return `At its worst ${effect}.`;
  const record = direction === 'up' ? 'largest rise' : 'deepest fall';
  const watched = spanWords(watchedBins);
  const part =
    sinceBins >= watchedBins ? `in the ${watched} watched` : `in ${spanWords(sinceBins)}`;
  const of = sinceBins >= watchedBins ? '' : `, of ${watched} watched`;
  return `At its worst ${effect}: the ${record} ${part}${of}.`;
}

/** @param bins of a minute */
function spanWords(bins: number): string {
  const hours = bins / MINUTES_PER_HOUR;
  return formatDuration((hours >= 1 ? Math.floor(hours) * MINUTES_PER_HOUR : bins) * MINUTE_MS);
}
