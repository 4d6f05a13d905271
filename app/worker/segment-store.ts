import type { Commit, Cursor } from '#core/live/commit.ts';
import type { Segment } from '#core/rollup/segment.ts';
import type { SeriesKey } from '#core/rollup/series.ts';
import type { Interval, IntervalSet } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { StatsReply } from '#core/wire/stats.ts';

/** What is stored of one epoch, but for the segments. */
export interface StoredDataSet {
  readonly epoch: string;
  /** In id order. */
  readonly series: readonly SeriesKey[];
  readonly coverage: IntervalSet;
}

export interface StoredCache {
  readonly cursor: Cursor | null;
  /** The cursor's epoch, and older ones that were not replaced yet. */
  readonly dataSets: readonly StoredDataSet[];
  /** Server time minus wall clock when a server was last heard, ms. */
  readonly clockOffsetMs: number | null;
  readonly source: SourceInfo | null;
  readonly settings: LiveSettings | null;
}

/**
 * Where metrics are kept: in Dexie, or in memory where the browser stores nothing. Every method is
 * atomic, and may reject when the storage itself fails.
 */
export interface SegmentStore {
  load(): Promise<StoredCache>;
  /** Makes the caller the writer of the next term; null: nothing is stored yet. */
  takeOver(): Promise<Cursor | null>;
  /** False: somebody else wrote since; nothing was changed and the writer must load again. */
  commit(commit: Commit): Promise<boolean>;
  /** Segments that overlap the span, ascending. */
  segmentsIn(epoch: string, resolution: Resolution, span: Interval): Promise<readonly Segment[]>;
  /** Deletes the segments that end at or before `beforeMs`, and the coverage they gave. */
  trim(epoch: string, resolution: Resolution, beforeMs: number): Promise<void>;
  /** Deletes all other epochs. */
  keepOnly(epoch: string): Promise<void>;
  saveServerFacts(clockOffsetMs: number, source: SourceInfo | null): Promise<void>;
  saveSettings(settings: LiveSettings): Promise<void>;
  /** @param heardAtMs the server's clock when it answered, epoch ms */
  saveStats(reply: StatsReply, heardAtMs: number): Promise<void>;
}
