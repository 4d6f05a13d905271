import {
  addInterval,
  clipTo,
  type Interval,
  type IntervalSet,
  removeInterval,
} from './intervals.ts';

/** How what is here came to be here, and why some of it is not. */
export interface Provenance {
  /** What arrived as it happened. The rest of what is covered was fetched afterwards, or that is not known. */
  readonly live: IntervalSet;
  /** When the server was asked and not heard, in whole 5 s. */
  readonly outages: IntervalSet;
}

export const NO_PROVENANCE: Provenance = { live: [], outages: [] };

/** As long as the minutes are kept, ms. */
const KEPT_MS = 30 * 86_400_000;
/** Of each kind; the oldest are forgotten, so that live data may be called fetched, and never the reverse. */
const MOST_INTERVALS = 200;

/**
 * What is known after a change.
 * @param removed what is to be fetched again, whatever it was before
 */
export function provenanceAfter(
  before: Provenance,
  removed: readonly Interval[],
  added: Provenance,
): Provenance {
  const live = added.live.reduce(addInterval, removed.reduce(removeInterval, before.live));
  const outages = added.outages.reduce(addInterval, before.outages);
  const newestMs = Math.max(live.at(-1)?.toMs ?? 0, outages.at(-1)?.toMs ?? 0);
  const kept = { fromMs: newestMs - KEPT_MS, toMs: newestMs };
  return { live: newestOf(clipTo(live, kept)), outages: newestOf(clipTo(outages, kept)) };
}

function newestOf(set: IntervalSet): IntervalSet {
  return set.length > MOST_INTERVALS ? set.slice(-MOST_INTERVALS) : set;
}
