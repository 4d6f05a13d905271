import { BucketTable } from '#core/rollup/bucket-table.ts';
import { type Rollup, type RollupRows, mergeRollups } from '#core/rollup/rollup.ts';
import { SeriesDictionary, type SeriesKey } from '#core/rollup/series.ts';
import {
  FINEST_MS,
  RESOLUTION_MS,
  type Resolution,
  ceilTo,
  floorTo,
} from '#core/time/resolution.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { MetricStore, Tick } from '../metric-store.ts';

interface Revision {
  readonly revision: number;
  readonly from: number;
  readonly to: number;
}

/** A metric store that holds what a test puts into it, and does what no real source does: it revises, lags, and begins anew. */
export class ScriptedStore implements MetricStore {
  readonly tickMs: number;
  readonly earliestMs: number;
  source: SourceInfo = { kind: 'fleet', label: 'a script', isLatencyModelled: false };
  #epoch = 'epoch-1';
  #series = new SeriesDictionary();
  #ticks = new Map<number, Map<number, Rollup>>();
  #revisions: Revision[] = [];
  #heldWatermarkMs: number | null = null;

  /** @param options `tickMs` divides 5,000; `earliestMs` is a multiple of 5,000. */
  constructor({ tickMs = 1_000, earliestMs = 0 } = {}) {
    this.tickMs = tickMs;
    this.earliestMs = earliestMs;
  }

  get epoch(): string {
    return this.#epoch;
  }

  get series(): SeriesDictionary {
    return this.#series;
  }

  get revision(): number {
    return this.#revisions.at(-1)?.revision ?? 0;
  }

  /** Adds to what `key` used during the tick that starts at `startMs`; other ticks stay empty, which is a known zero. */
  use(startMs: number, key: SeriesKey, rollup: Rollup): void {
    this.#assertTick(startMs);
    const tick = this.#ticks.get(startMs) ?? new Map<number, Rollup>();
    const id = this.#series.idOf(key);
    const known = tick.get(id);
    tick.set(id, known ? mergeRollups(known, rollup) : rollup);
    this.#ticks.set(startMs, tick);
  }

  /** Replaces what `key` used during the tick (null: nothing after all), and raises the revision for the 5 s around it. */
  revise(startMs: number, key: SeriesKey, rollup: Rollup | null): void {
    this.#assertTick(startMs);
    const tick = this.#ticks.get(startMs) ?? new Map<number, Rollup>();
    if (rollup) tick.set(this.#series.idOf(key), rollup);
    else tick.delete(this.#series.idOf(key));
    this.#ticks.set(startMs, tick);
    const from = floorTo(startMs, FINEST_MS);
    this.#revisions.push({ revision: this.revision + 1, from, to: from + FINEST_MS });
  }

  /** Becomes another data set: nothing is in it, its series ids begin anew, nothing is revised. */
  startEpoch(epoch: string): void {
    this.#epoch = epoch;
    this.#series = new SeriesDictionary();
    this.#ticks = new Map();
    this.#revisions = [];
  }

  /** Stops the watermark, as a source that lags does; null lets it follow the clock again. */
  holdWatermark(atMs: number | null): void {
    this.#heldWatermarkMs = atMs;
  }

  watermarkAt(nowMs: number): number {
    return this.#heldWatermarkMs ?? floorTo(nowMs, this.tickMs) - 1;
  }

  *ticks(fromMs: number, toMs: number): Iterable<Tick> {
    for (let startMs = ceilTo(fromMs, this.tickMs); startMs < toMs; startMs += this.tickMs) {
      const used = [...(this.#ticks.get(startMs) ?? [])].sort(([a], [b]) => a - b);
      yield { startMs, rows: used.map(([series, rollup]) => ({ series, rollup })) };
    }
  }

  rollups(fromMs: number, toMs: number, resolution: Resolution): RollupRows {
    const table = new BucketTable(RESOLUTION_MS[resolution]);
    for (const [startMs, used] of this.#ticks) {
      if (startMs < fromMs || startMs >= toMs) continue;
      for (const [series, rollup] of used) table.add(startMs, series, rollup);
    }
    return table.toRows();
  }

  revisedSince(revision: number): readonly { from: number; to: number }[] {
    return this.#revisions
      .filter((one) => one.revision > revision)
      .map(({ from, to }) => ({ from, to }));
  }

  #assertTick(startMs: number): void {
    if (startMs % this.tickMs !== 0) throw new RangeError(`no tick starts at ${startMs}`);
    if (startMs < this.earliestMs) throw new RangeError(`${startMs} is before the beginning`);
  }
}
