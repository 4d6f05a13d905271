import type { Commit, Cursor, StoredProvenance } from '#core/live/commit.ts';
import type { KeptFrom } from '#core/live/history-plan.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { Segment, SegmentInfo } from '#core/rollup/segment.ts';
import type { SeriesKey } from '#core/rollup/series.ts';
import type { Coverage } from '#core/time/coverage.ts';
import type { Interval, IntervalSet } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { EvidenceInfo } from '#core/wire/evidence.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { StatsReply } from '#core/wire/stats.ts';
import type { LedgerStore } from './ledger-store.ts';

/** What is stored of one epoch, but for the segments. */
export interface StoredDataSet {
  readonly epoch: string;
  /** In id order. */
  readonly series: readonly SeriesKey[];
  readonly coverage: Coverage;
}

export interface StoredCache {
  readonly cursor: Cursor | null;
  /** The cursor's epoch, and older ones that were not replaced yet. */
  readonly dataSets: readonly StoredDataSet[];
  /** Server time minus wall clock when a server was last heard, ms. */
  readonly clockOffsetMs: number | null;
  readonly source: SourceInfo | null;
  readonly settings: LiveSettings | null;
  /** What there was no room for; null: nothing ever was crowded out. */
  readonly keptFrom: KeptFrom | null;
  /** What came live of the cursor's epoch, and outages; null: nothing is known of either. */
  readonly provenance: StoredProvenance | null;
  /** Where the metrics were imported from; null: they come from the server. */
  readonly evidence: EvidenceInfo | null;
}

/**
 * Where metrics are kept: in Dexie, or in memory where the browser stores nothing. Every method is
 * atomic, and may reject when the storage itself fails.
 */
export interface SegmentStore {
  /** Incidents and decisions beside the metrics; null: they are not kept here. */
  readonly ledger: LedgerStore | null;
  load(): Promise<StoredCache>;
  /** Makes the caller the writer of the next term; null: nothing is stored yet. */
  takeOver(): Promise<Cursor | null>;
  /** False: somebody else wrote since; nothing was changed and the writer must load again. */
  commit(commit: Commit): Promise<boolean>;
  /** Segments that overlap the span, ascending. */
  segmentsIn(epoch: string, resolution: Resolution, span: Interval): Promise<readonly Segment[]>;
  /** All that is stored, of all epochs, by epoch, resolution and time. */
  directory(): Promise<readonly SegmentInfo[]>;
  /**
   * Puts `fresh` in the place of `old`; both span the same. False: somebody else wrote since, and
   * nothing was changed.
   */
  replace(
    expected: Cursor | null,
    old: readonly SegmentInfo[],
    fresh: readonly Segment[],
  ): Promise<boolean>;
  /** Deletes segments, and the coverage they gave. `keptFrom` is remembered with it. */
  drop(segments: readonly SegmentInfo[], keptFrom: KeptFrom): Promise<void>;
  /** Deletes all other epochs. */
  keepOnly(epoch: string): Promise<void>;
  /** Deletes all that the server has said; what the user chose, and what is to be sent, stays. */
  clear(): Promise<void>;
  /** Remembers outages that no commit has brought yet. */
  saveOutages(outages: IntervalSet): Promise<void>;
  /** Remembers where metrics were imported from. */
  saveEvidence(evidence: EvidenceInfo): Promise<void>;
  saveServerFacts(clockOffsetMs: number, source: SourceInfo | null): Promise<void>;
  saveSettings(settings: LiveSettings): Promise<void>;
  /** @param heardAtMs the server's clock when it answered, epoch ms */
  saveStats(reply: StatsReply, heardAtMs: number): Promise<void>;
}

/** Where a tab keeps what. */
export interface SegmentStores {
  /** What the server says. */
  readonly metrics: SegmentStore;
  /** The same, to be read only, whatever build made it. */
  metricsAsTheyAre(): SegmentStore;
  /** Imported files, apart from what the server says. */
  evidence(): SegmentStore;
}
