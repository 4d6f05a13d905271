import {
  changesProvenance,
  type Commit,
  coverageAfter,
  type Cursor,
  isAdmitted,
  isSameCursor,
  type StoredProvenance,
  storedProvenanceAfter,
  withOutages,
} from '#core/live/commit.ts';
import type { KeptFrom } from '#core/live/history-plan.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import { type Segment, type SegmentInfo, spanOf } from '#core/rollup/segment.ts';
import type { SeriesKey } from '#core/rollup/series.ts';
import { type Coverage, NO_COVERAGE, withIntervals } from '#core/time/coverage.ts';
import { type Interval, type IntervalSet, removeInterval } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { EvidenceInfo } from '#core/wire/evidence.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { SegmentStore, StoredCache } from './segment-store.ts';

interface DataSet {
  series: readonly SeriesKey[];
  coverage: Coverage;
}

/** Keeps metrics as long as the worker lives: for browsers that refuse to store anything. */
export class MemorySegmentStore implements SegmentStore {
  readonly ledger = null;
  #cursor: Cursor | null = null;
  #clockOffsetMs: number | null = null;
  #source: SourceInfo | null = null;
  #settings: LiveSettings | null = null;
  #keptFrom: KeptFrom | null = null;
  #evidence: EvidenceInfo | null = null;
  #provenance: StoredProvenance | null = null;
  readonly #sets = new Map<string, DataSet>();
  readonly #segments = new Map<string, Segment>();

  async load(): Promise<StoredCache> {
    return {
      cursor: this.#cursor,
      dataSets: [...this.#sets].map(([epoch, set]) => ({ epoch, ...set })),
      clockOffsetMs: this.#clockOffsetMs,
      source: this.#source,
      settings: this.#settings,
      keptFrom: this.#keptFrom,
      evidence: this.#evidence,
      provenance: this.#provenance,
    };
  }

  async takeOver(): Promise<Cursor | null> {
    if (this.#cursor) this.#cursor = { ...this.#cursor, writerTerm: this.#cursor.writerTerm + 1 };
    return this.#cursor;
  }

  async commit(commit: Commit): Promise<boolean> {
    const { epoch } = commit.next;
    const { series, coverage } = this.#sets.get(epoch) ?? { series: [], coverage: NO_COVERAGE };
    const stored = { cursor: this.#cursor, coverage, seriesCount: series.length };
    if (!isAdmitted(stored, commit)) return false;
    let after = coverage;
    let fivesRemoved: Interval[] = [];
    for (const { resolution, revoked, segments, covered } of commit.changes) {
      const removed = this.#of(epoch, resolution).filter((one) =>
        revoked.some((span) => overlaps(one, span)),
      );
      if (resolution === '5s') fivesRemoved = removed.map(spanOf);
      this.#delete(removed);
      this.#put(segments);
      const intervals = coverageAfter(after[resolution], removed.map(spanOf), covered);
      after = withIntervals(after, resolution, intervals);
    }
    this.#sets.set(epoch, { series: [...series, ...commit.newSeries], coverage: after });
    this.#cursor = commit.next;
    if (changesProvenance(commit)) {
      this.#provenance = storedProvenanceAfter(this.#provenance, fivesRemoved, commit);
    }
    return true;
  }

  async segmentsIn(
    epoch: string,
    resolution: Resolution,
    span: Interval,
  ): Promise<readonly Segment[]> {
    return this.#of(epoch, resolution).filter((one) => overlaps(one, span));
  }

  async directory(): Promise<readonly SegmentInfo[]> {
    return [...this.#sets.keys()]
      .sort()
      .flatMap((epoch) =>
        (['1h', '1m', '5s'] as const).flatMap((resolution) => this.#of(epoch, resolution)),
      )
      .map(({ bytes: _, ...info }) => info);
  }

  async replace(
    expected: Cursor | null,
    old: readonly SegmentInfo[],
    fresh: readonly Segment[],
  ): Promise<boolean> {
    const isSame = old.every((one) => this.#segments.get(nameOf(one))?.endMs === one.endMs);
    if (!isSame || !isSameCursor(this.#cursor, expected)) return false;
    this.#delete(old);
    this.#put(fresh);
    return true;
  }

  async drop(segments: readonly SegmentInfo[], keptFrom: KeptFrom): Promise<void> {
    this.#keptFrom = keptFrom;
    this.#delete(segments);
    for (const one of segments) {
      const set = this.#sets.get(one.epoch);
      if (!set) continue;
      const intervals = removeInterval(set.coverage[one.resolution], spanOf(one));
      set.coverage = withIntervals(set.coverage, one.resolution, intervals);
    }
  }

  async keepOnly(epoch: string): Promise<void> {
    for (const other of this.#sets.keys()) if (other !== epoch) this.#sets.delete(other);
    this.#delete([...this.#segments.values()].filter((one) => one.epoch !== epoch));
  }

  async clear(): Promise<void> {
    this.#cursor = null;
    this.#keptFrom = null;
    this.#evidence = null;
    this.#provenance = null;
    this.#sets.clear();
    this.#segments.clear();
  }

  async saveOutages(outages: IntervalSet): Promise<void> {
    this.#provenance = withOutages(this.#provenance, outages);
  }

  async saveEvidence(evidence: EvidenceInfo): Promise<void> {
    this.#evidence = evidence;
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

  /** Ascending. */
  #of(epoch: string, resolution: Resolution): Segment[] {
    return [...this.#segments.values()]
      .filter((one) => one.epoch === epoch && one.resolution === resolution)
      .sort((a, b) => a.startMs - b.startMs);
  }

  #put(segments: readonly Segment[]): void {
    for (const one of segments) this.#segments.set(nameOf(one), one);
  }

  #delete(segments: readonly SegmentInfo[]): void {
    for (const one of segments) this.#segments.delete(nameOf(one));
  }
}

function nameOf({ epoch, resolution, startMs }: SegmentInfo): string {
  return `${epoch} ${resolution} ${startMs}`;
}

function overlaps(segment: SegmentInfo, span: Interval): boolean {
  return segment.startMs < span.toMs && segment.endMs > span.fromMs;
}
