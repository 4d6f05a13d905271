import type { RollupRows } from '#core/rollup/rollup.ts';
import type { Cells } from './usage.ts';

/** Collects rollup rows, bucket by bucket in ascending order. */
export class RowsBuilder {
  readonly #bucketStartMs: number[] = [];
  readonly #series: number[] = [];
  readonly #calls: number[] = [];
  readonly #tokens: number[] = [];
  readonly #costMicroUsd: number[] = [];
  readonly #latencyMsSum: number[] = [];

  /** Adds a row for every series that used anything. */
  addBucket(startMs: number, { usage, perSeries, offset }: Cells): void {
    for (let place = offset, series = 0; place < usage.calls.length; place += perSeries, series++) {
      const calls = usage.calls[place] ?? 0;
      if (calls === 0) continue;
      this.#bucketStartMs.push(startMs);
      this.#series.push(series);
      this.#calls.push(calls);
      this.#tokens.push(usage.tokens[place] ?? 0);
      this.#costMicroUsd.push(usage.costMicroUsd[place] ?? 0);
      this.#latencyMsSum.push(usage.latencyMsSum[place] ?? 0);
    }
  }

  toRows(): RollupRows {
    return {
      length: this.#series.length,
      bucketStartMs: new Float64Array(this.#bucketStartMs),
      series: new Uint32Array(this.#series),
      calls: new Float64Array(this.#calls),
      tokens: new Float64Array(this.#tokens),
      costMicroUsd: new Float64Array(this.#costMicroUsd),
      latencyMsSum: new Float64Array(this.#latencyMsSum),
    };
  }
}
