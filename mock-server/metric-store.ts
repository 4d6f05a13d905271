import type { Rollup, RollupRows } from '#core/rollup/rollup.ts';
import type { SeriesDictionary } from '#core/rollup/series.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { SourceInfo } from '#core/wire/health.ts';

/** What one series used during one tick; `series` is an id of the store's dictionary. */
export interface TickRow {
  readonly series: number;
  readonly rollup: Rollup;
}

/** Everything that was used during `[startMs, startMs + tickMs)`; no rows: nothing was. */
export interface Tick {
  readonly startMs: number;
  readonly rows: readonly TickRow[];
}

/**
 * A source of usage as the API sees it. Any past span can be asked for, at any resolution, any number
 * of times, and answers the same: all resolutions agree to the last unit.
 */
export interface MetricStore {
  readonly source: SourceInfo;
  /** Id of the data set; the same after a restart with the same options. */
  readonly epoch: string;
  /** Rises when a closed bucket changes; `revisedSince` says which. */
  readonly revision: number;
  /** Length of a tick; divides 5,000. Ticks start at multiples of it. */
  readonly tickMs: number;
  /** Before this instant (epoch ms, a multiple of 5 s) nothing was ever used. */
  readonly earliestMs: number;
  /** Every series that any answer may name; ids are stable for the life of the store. */
  readonly series: SeriesDictionary;
  /** Inclusive, epoch ms: everything that started at or before this is known at `nowMs`. The last complete tick's end - 1. */
  watermarkAt(nowMs: number): number;
  /** The ticks that start in `[fromMs, toMs)`, ascending, empty ones included. */
  ticks(fromMs: number, toMs: number): Iterable<Tick>;
  /** Rollups of `[fromMs, toMs)`; both are multiples of the resolution. */
  rollups(fromMs: number, toMs: number, resolution: Resolution): RollupRows;
  /** Spans (multiples of 5 s) whose closed buckets changed after `revision`. */
  revisedSince(revision: number): readonly { from: number; to: number }[];
}
