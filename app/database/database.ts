import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Cursor } from '#core/live/commit.ts';
import type { Segment } from '#core/rollup/segment.ts';
import type { SeriesKey } from '#core/rollup/series.ts';
import type { IntervalSet } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { StatsReply, StatsWindow } from '#core/wire/stats.ts';

export interface SeriesRow extends SeriesKey {
  readonly epoch: string;
  readonly id: number;
}

export interface CoverageRow {
  readonly epoch: string;
  readonly resolution: Resolution;
  readonly intervals: IntervalSet;
}

/** The server's own sums of a window, for what is not covered here. */
export interface StatsRow {
  readonly epoch: string;
  readonly window: StatsWindow;
  readonly reply: StatsReply;
  /** The server's clock when it answered, epoch ms. */
  readonly heardAtMs: number;
}

/** The single values of the cache, by key. */
export type MetaRow =
  | { readonly key: 'cursor'; readonly value: Cursor }
  /** Server time minus this device's wall clock, ms. */
  | { readonly key: 'clock-offset'; readonly value: number }
  | { readonly key: 'source'; readonly value: SourceInfo }
  | { readonly key: 'settings'; readonly value: LiveSettings };

/** The browser's copy of the metrics. Schema changes are additive; a new version never drops a table. */
export class BurnrateDatabase extends Dexie {
  declare readonly series: Table<SeriesRow, [epoch: string, id: number]>;
  declare readonly segments: Table<
    Segment,
    [epoch: string, resolution: Resolution, startMs: number]
  >;
  declare readonly coverage: Table<CoverageRow, [epoch: string, resolution: Resolution]>;
  declare readonly stats: Table<StatsRow, [epoch: string, window: StatsWindow]>;
  declare readonly meta: EntityTable<MetaRow, 'key'>;

  constructor(name = 'burnrate') {
    super(name);
    this.version(1).stores({
      series: '[epoch+id]',
      segments: '[epoch+resolution+startMs]',
      coverage: '[epoch+resolution]',
      stats: '[epoch+window]',
      meta: 'key',
    });
  }
}
