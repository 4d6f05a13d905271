import { BIN_MS } from '#core/anomaly/watch.ts';
import { type Change, MadeUsage, START_MS } from '#core/anomaly/testing/usage.ts';
import { BucketTable } from '#core/rollup/bucket-table.ts';
import { FINEST_MS, type Resolution, floorTo } from '#core/time/resolution.ts';
import type { MetricStore, Tick } from '../../metric-store.ts';

/** A metric store of made usage: quiet but for what it is told to change. */
export class MadeStore implements MetricStore {
  readonly source = { kind: 'fleet', label: 'made', isLatencyModelled: false } as const;
  readonly epoch = 'made';
  readonly revision = 0;
  readonly tickMs = 1_000;
  readonly earliestMs = START_MS;
  readonly #usage: MadeUsage;
  /** Nothing is known of what is later; null: it follows the clock. */
  heldMs: number | null = null;

  constructor(changes: readonly Change[] = []) {
    this.#usage = new MadeUsage(changes);
  }

  get series() {
    return this.#usage.series;
  }

  watermarkAt(nowMs: number): number {
    return Math.min(floorTo(nowMs, this.tickMs), this.heldMs ?? Number.POSITIVE_INFINITY) - 1;
  }

  ticks(): Iterable<Tick> {
    return [];
  }

  rollups(fromMs: number, toMs: number, resolution: Resolution) {
    const firstMs = Math.max(fromMs, START_MS);
    const minuteOf = (ms: number) => (ms - START_MS) / BIN_MS;
    if (resolution !== '5s') return this.#usage.minutes(minuteOf(firstMs), minuteOf(toMs)).rows;
    const table = new BucketTable(FINEST_MS);
    for (let ms = firstMs; ms < toMs; ms += FINEST_MS) {
      const minute = Math.floor(minuteOf(ms));
      const bucket = (ms - START_MS - minute * BIN_MS) / FINEST_MS;
      table.addRows(this.#usage.bucket(minute, bucket).rows);
    }
    return table.toRows();
  }

  revisedSince(): readonly [] {
    return [];
  }
}
