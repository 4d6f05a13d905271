import { type Commit, coverageAfter, type Cursor, isAdmitted } from '#core/live/commit.ts';
import { type Segment, spanOf } from '#core/rollup/segment.ts';
import type { SeriesKey } from '#core/rollup/series.ts';
import { type Interval, type IntervalSet, removeInterval } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { SegmentStore, StoredCache } from './segment-store.ts';

interface DataSet {
  series: SeriesKey[];
  coverage: IntervalSet;
  segments: Segment[];
}

/** Keeps metrics as long as the worker lives: for browsers that refuse to store anything. */
export class MemorySegmentStore implements SegmentStore {
  #cursor: Cursor | null = null;
  #clockOffsetMs: number | null = null;
  #source: SourceInfo | null = null;
  #settings: LiveSettings | null = null;
  readonly #sets = new Map<string, DataSet>();

  async load(): Promise<StoredCache> {
    return {
      cursor: this.#cursor,
      dataSets: [...this.#sets].map(([epoch, set]) => ({
        epoch,
        series: [...set.series],
        coverage: set.coverage,
      })),
      clockOffsetMs: this.#clockOffsetMs,
      source: this.#source,
      settings: this.#settings,
    };
  }

  async takeOver(): Promise<Cursor | null> {
    if (this.#cursor) this.#cursor = { ...this.#cursor, writerTerm: this.#cursor.writerTerm + 1 };
    return this.#cursor;
  }

  async commit(commit: Commit): Promise<boolean> {
    const set = this.#sets.get(commit.next.epoch) ?? { series: [], coverage: [], segments: [] };
    const { coverage, series } = set;
    const stored = { cursor: this.#cursor, coverage, seriesCount: series.length };
    if (!isAdmitted(stored, commit)) return false;
    const removed = set.segments.filter((one) =>
      commit.revoked.some((span) => overlaps(one, span)),
    );
    const replaced = new Set(commit.segments.map((one) => one.startMs));
    const kept = set.segments.filter((one) => !removed.includes(one) && !replaced.has(one.startMs));
    this.#sets.set(commit.next.epoch, {
      series: [...series, ...commit.newSeries],
      coverage: coverageAfter(coverage, removed.map(spanOf), commit.covered),
      segments: [...kept, ...commit.segments].sort((a, b) => a.startMs - b.startMs),
    });
    this.#cursor = commit.next;
    return true;
  }

  async segmentsIn(
    epoch: string,
    resolution: Resolution,
    span: Interval,
  ): Promise<readonly Segment[]> {
    const segments = this.#sets.get(epoch)?.segments ?? [];
    return segments.filter((one) => one.resolution === resolution && overlaps(one, span));
  }

  async trim(epoch: string, resolution: Resolution, beforeMs: number): Promise<void> {
    const set = this.#sets.get(epoch);
    if (!set) return;
    const old = set.segments.filter(
      (one) => one.resolution === resolution && one.endMs <= beforeMs,
    );
    set.segments = set.segments.filter((one) => !old.includes(one));
    set.coverage = old.map(spanOf).reduce(removeInterval, set.coverage);
  }

  async keepOnly(epoch: string): Promise<void> {
    for (const other of this.#sets.keys()) if (other !== epoch) this.#sets.delete(other);
  }

  async saveServerFacts(clockOffsetMs: number, source: SourceInfo | null): Promise<void> {
    this.#clockOffsetMs = clockOffsetMs;
    this.#source = source ?? this.#source;
  }

  async saveSettings(settings: LiveSettings): Promise<void> {
    this.#settings = settings;
  }

  /** The page reads stats from the disk; where there is none it does without. */
  async saveStats(): Promise<void> {}
}

function overlaps(segment: Segment, span: Interval): boolean {
  return segment.startMs < span.toMs && segment.endMs > span.fromMs;
}
