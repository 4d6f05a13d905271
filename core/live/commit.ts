import type { Segment } from '../rollup/segment.ts';
import type { SeriesKey } from '../rollup/series.ts';
import type { Coverage } from '../time/coverage.ts';
import { NO_PROVENANCE, type Provenance, provenanceAfter } from '../time/provenance.ts';
import {
  addInterval,
  clipTo,
  type Interval,
  type IntervalSet,
  removeInterval,
} from '../time/intervals.ts';
import type { Resolution } from '../time/resolution.ts';

/** Where the cache stands: what a writer must have seen last to be allowed to write. */
export interface Cursor {
  readonly epoch: string;
  /** End of the last closed bucket that came live; null: none yet. The next question is `coveredToMs - 1`. */
  readonly coveredToMs: number | null;
  readonly revision: number;
  /** Raised by each new leader. */
  readonly writerTerm: number;
}

/** What a commit changes at one resolution. */
export interface TierChange {
  readonly resolution: Resolution;
  /** Spans whose segments go, whole, with their coverage: their data changed at the source, or are damaged. */
  readonly revoked: readonly Interval[];
  /** Each is new, or replaces the shorter one with the same start. */
  readonly segments: readonly Segment[];
  /** Spans that become complete by this commit; none of it may be covered already. */
  readonly covered: IntervalSet;
}

/** One atomic change of the cache: all of it is stored, or nothing is. */
export interface Commit {
  /** The cursor as the writer last saw it; null: the cache was empty. */
  readonly expected: Cursor | null;
  readonly next: Cursor;
  /** Series that the segments are the first to name; ids go on from `firstSeriesId`. */
  readonly newSeries: readonly SeriesKey[];
  readonly firstSeriesId: number;
  /** At most one per resolution. */
  readonly changes: readonly TierChange[];
  /** What of it came live, and outages that ended or go on; nothing unless told. */
  readonly provenance?: Provenance;
}

/** Provenance as it is stored: of one epoch, that of the cursor. */
export interface StoredProvenance extends Provenance {
  readonly epoch: string;
}

/** What is stored now, as far as a commit is concerned; `coverage` and `seriesCount` are those of `next.epoch`. */
export interface StoredState {
  readonly cursor: Cursor | null;
  readonly coverage: Coverage;
  readonly seriesCount: number;
}

/**
 * The compare of the compare-and-set: a commit is admitted only on top of exactly what its writer saw.
 * Coverage and series are compared too, because a second writer may fill history without moving the cursor.
 */
export function isAdmitted(stored: StoredState, commit: Commit): boolean {
  return (
    isSameCursor(stored.cursor, commit.expected) &&
    (commit.newSeries.length === 0 || stored.seriesCount === commit.firstSeriesId) &&
    commit.changes.every(({ resolution, covered }) =>
      covered.every((one) => clipTo(stored.coverage[resolution], one).length === 0),
    )
  );
}

/** Coverage after a change; `removed` are the whole segments that `revoked` touched. */
export function coverageAfter(
  coverage: IntervalSet,
  removed: readonly Interval[],
  covered: IntervalSet,
): IntervalSet {
  return covered.reduce(addInterval, removed.reduce(removeInterval, coverage));
}

/**
 * What is known of the past after a commit; of another epoch nothing came live.
 * @param removed the whole 5 s segments that were revoked
 */
export function storedProvenanceAfter(
  stored: StoredProvenance | null,
  removed: readonly Interval[],
  commit: Commit,
): StoredProvenance {
  const { epoch } = commit.next;
  const live = stored?.epoch === epoch ? stored.live : [];
  const revoked = commit.changes.flatMap((change) => change.revoked);
  const before = { live, outages: stored?.outages ?? [] };
  const added = commit.provenance ?? NO_PROVENANCE;
  return { epoch, ...provenanceAfter(before, [...removed, ...revoked], added) };
}

/** Whether a commit changes what is known of the past, so that it must be written. */
export function changesProvenance({ provenance, changes }: Commit): boolean {
  const { live, outages } = provenance ?? NO_PROVENANCE;
  const isTold = live.length > 0 || outages.length > 0;
  return isTold || changes.some((change) => change.revoked.length > 0);
}

/** Outages that no commit brings, because there is nothing else to store. */
export function withOutages(
  stored: StoredProvenance | null,
  outages: IntervalSet,
): StoredProvenance {
  const before = stored ?? { epoch: '', ...NO_PROVENANCE };
  return { ...before, ...provenanceAfter(before, [], { live: [], outages }) };
}

export function isSameCursor(a: Cursor | null, b: Cursor | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.epoch === b.epoch &&
    a.coveredToMs === b.coveredToMs &&
    a.revision === b.revision &&
    a.writerTerm === b.writerTerm
  );
}
