import { type Coverage, NO_COVERAGE } from './coverage.ts';
import { clipTo, type IntervalSet } from './intervals.ts';
import { NO_PROVENANCE, type Provenance } from './provenance.ts';
import { floorTo, type Resolution, RESOLUTIONS } from './resolution.ts';

/** What is known of every moment, and how that came to be: enough to tell the parts of any span. */
export interface Known extends Provenance {
  readonly coverage: Coverage;
}

export const NOTHING_KNOWN: Known = { coverage: NO_COVERAGE, ...NO_PROVENANCE };

/** Far more than any axis can show; a frame carries them all. */
const MOST_INTERVALS = 200;

/** Coarser tiers follow the finest by minutes at most, ms. */
const SETTLED_AFTER_MS = 600_000;

/**
 * No more than so many intervals of each kind: the newest. What is forgotten counts as missing, so that
 * nothing is ever called known that is not.
 */
export function newestKnown(known: Known, most = MOST_INTERVALS): Known {
  const { coverage, live, outages } = known;
  return {
    coverage: {
      '5s': coverage['5s'].slice(-most),
      '1m': coverage['1m'].slice(-most),
      '1h': coverage['1h'].slice(-most),
    },
    live: live.slice(-most),
    outages: outages.slice(-most),
  };
}

/** Whether nothing at all is told, as by a frame of an older build. */
export function isNothingKnown({ coverage, live, outages }: Known): boolean {
  return [...RESOLUTIONS.map((one) => coverage[one]), live, outages].every(isEmpty);
}

/**
 * What must be the same for a picture to be the same: all but the growth of the newest end, which comes with
 * every bucket. Where that is beyond the picture, it counts now and then.
 */
export function settledKnown(
  known: Known,
  shown: { readonly toMs: number; readonly resolution: Resolution },
): Known {
  const edgeMs = known.coverage['5s'].at(-1)?.toMs ?? 0;
  const toMs = Math.max(shown.toMs, floorTo(edgeMs, SETTLED_AFTER_MS));
  const othersToMs = floorTo(toMs, SETTLED_AFTER_MS) - SETTLED_AFTER_MS;
  const upTo = (set: IntervalSet, endMs: number) => clipTo(set, { fromMs: 0, toMs: endMs });
  const tier = (one: Resolution) =>
    upTo(known.coverage[one], one === shown.resolution ? toMs : othersToMs);
  return {
    coverage: { '5s': tier('5s'), '1m': tier('1m'), '1h': tier('1h') },
    live: upTo(known.live, toMs),
    outages: upTo(known.outages, toMs),
  };
}

function isEmpty(set: IntervalSet): boolean {
  return set.length === 0;
}
