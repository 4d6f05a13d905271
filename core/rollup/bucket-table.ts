import { floorTo } from '../time/resolution.ts';
import type { Rollup, RollupRows } from './rollup.ts';

interface Sums {
  calls: number;
  tokens: number;
  costMicroUsd: number;
  latencyMsSum: number;
}

/** Collects rollups by (bucket, series) at one resolution, in any order; the result does not depend on it. */
export class BucketTable {
  readonly resolutionMs: number;
  readonly #buckets = new Map<number, Map<number, Sums>>();

  constructor(resolutionMs: number) {
    this.resolutionMs = resolutionMs;
  }

  /** Adds one rollup to the bucket that holds `atMs`. */
  add(atMs: number, series: number, rollup: Rollup): void {
    const sums = this.#sumsAt(floorTo(atMs, this.resolutionMs), series);
    sums.calls += rollup.calls;
    sums.tokens += rollup.tokens;
    sums.costMicroUsd += rollup.costMicroUsd;
    sums.latencyMsSum += rollup.latencyMsSum;
  }

  /** Adds every row, whatever its (finer or equal) resolution. */
  addRows(rows: RollupRows): void {
    for (let i = 0; i < rows.length; i++) {
      this.add(rows.bucketStartMs[i] ?? 0, rows.series[i] ?? 0, {
        calls: rows.calls[i] ?? 0,
        tokens: rows.tokens[i] ?? 0,
        costMicroUsd: rows.costMicroUsd[i] ?? 0,
        latencyMsSum: rows.latencyMsSum[i] ?? 0,
      });
    }
  }

  /** The rows of the buckets that start before `beforeMs`, ordered. */
  rowsBefore(beforeMs: number): RollupRows {
    return this.#rowsOf((start) => start < beforeMs);
  }

  dropBefore(beforeMs: number): void {
    for (const start of this.#buckets.keys()) if (start < beforeMs) this.#buckets.delete(start);
  }

  /** Every row collected, ordered. */
  toRows(): RollupRows {
    return this.#rowsOf(() => true);
  }

  #sumsAt(start: number, series: number): Sums {
    let bucket = this.#buckets.get(start);
    if (!bucket) this.#buckets.set(start, (bucket = new Map()));
    let sums = bucket.get(series);
    if (!sums) {
      sums = { calls: 0, tokens: 0, costMicroUsd: 0, latencyMsSum: 0 };
      bucket.set(series, sums);
    }
    return sums;
  }

  #rowsOf(isWanted: (start: number) => boolean): RollupRows {
    const cells = [...this.#buckets]
      .filter(([start]) => isWanted(start))
      .sort(([a], [b]) => a - b)
      .flatMap(([start, bucket]) =>
        [...bucket].sort(([a], [b]) => a - b).map(([series, sums]) => ({ start, series, sums })),
      );
    return {
      length: cells.length,
      bucketStartMs: Float64Array.from(cells, (cell) => cell.start),
      series: Uint32Array.from(cells, (cell) => cell.series),
      calls: Float64Array.from(cells, (cell) => cell.sums.calls),
      tokens: Float64Array.from(cells, (cell) => cell.sums.tokens),
      costMicroUsd: Float64Array.from(cells, (cell) => cell.sums.costMicroUsd),
      latencyMsSum: Float64Array.from(cells, (cell) => cell.sums.latencyMsSum),
    };
  }
}
