import { clipTo, type Interval, type IntervalSet } from './intervals.ts';
import type { Known } from './known.ts';
import { type Resolution, RESOLUTIONS } from './resolution.ts';

/**
 * What is known of a moment at a resolution:
 * - `complete`: it is all here, and came as it happened
 * - `back-filled`: it is all here, and was fetched afterwards
 * - `partial`: it is here at another resolution only
 * - `missing`: it is not here
 * - `outage`: it did not come as it happened because the server was asked and not heard
 */
export type KnownState = 'complete' | 'back-filled' | 'partial' | 'missing' | 'outage';

/** A stretch of one state. */
export interface CoveragePart extends Interval {
  readonly state: KnownState;
  /** Whether all of it is here at the resolution by now; tells outages apart. */
  readonly isHere: boolean;
}

/** The span cut into stretches of one state each, ascending, without a gap; none: the span is empty. */
export function coverageParts(
  known: Known,
  span: Interval,
  resolution: Resolution,
): readonly CoveragePart[] {
  const sets = {
    here: clipTo(known.coverage[resolution], span),
    live: clipTo(known.live, span),
    outages: clipTo(known.outages, span),
    elsewhere: RESOLUTIONS.filter((one) => one !== resolution).map((one) =>
      clipTo(known.coverage[one], span),
    ),
  };
  const cuts = cutsOf(span, [sets.here, sets.live, sets.outages, ...sets.elsewhere]);
  const parts: CoveragePart[] = [];
  for (const [i, fromMs] of cuts.slice(0, -1).entries()) {
    const toMs = cuts[i + 1] ?? fromMs;
    const isHere = holds(sets.here, fromMs);
    const state = stateOf(isHere, {
      isLive: holds(sets.live, fromMs),
      isOutage: holds(sets.outages, fromMs),
      isElsewhere: sets.elsewhere.some((set) => holds(set, fromMs)),
    });
    const last = parts.at(-1);
    const isSame = last?.state === state && last.isHere === isHere;
    if (last && isSame) parts[parts.length - 1] = { ...last, toMs };
    else parts.push({ fromMs, toMs, state, isHere });
  }
  return parts;
}

function stateOf(
  isHere: boolean,
  is: { isLive: boolean; isOutage: boolean; isElsewhere: boolean },
): KnownState {
  if (isHere && is.isLive) return 'complete';
  if (is.isOutage) return 'outage';
  if (isHere) return 'back-filled';
  return is.isElsewhere ? 'partial' : 'missing';
}

/** Every instant at which anything changes, ascending, the ends of the span included. */
function cutsOf(span: Interval, sets: readonly IntervalSet[]): readonly number[] {
  if (span.fromMs >= span.toMs) return [];
  const bounds = sets.flat().flatMap((one) => [one.fromMs, one.toMs]);
  return [...new Set([span.fromMs, ...bounds, span.toMs])].sort((a, b) => a - b);
}

function holds(set: IntervalSet, atMs: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle]?.toMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  const next = set[low];
  return next !== undefined && next.fromMs <= atMs;
}
