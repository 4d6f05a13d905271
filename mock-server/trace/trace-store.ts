import { type Rollup, type RollupRows, NOTHING } from '#core/rollup/rollup.ts';
import type { SeriesDictionary } from '#core/rollup/series.ts';
import { RESOLUTION_MS, type Resolution, ceilTo, floorTo } from '#core/time/resolution.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { MetricStore, Tick } from '../metric-store.ts';
import { type RunningTotal, TICK_MS, type TracePeriod } from './trace-period.ts';

/** How far before its first start a repeating trace reaches back: as far as history may be asked for. */
const PAST_MS = 400 * 24 * 3_600_000;

export interface TraceStoreOptions {
  readonly source: SourceInfo;
  readonly epoch: string;
  /** When the trace was first started: its first request is placed here. A multiple of 5 s. */
  readonly anchorMs: number;
  readonly isLooped: boolean;
}

/** Where an instant is in the trace: after `loops` whole periods, `phaseMs` into the next one. */
interface Position {
  readonly loops: number;
  readonly phaseMs: number;
}

/** Plays one period of a trace at its anchor; a looped one again and again, before the anchor too. */
export class TraceStore implements MetricStore {
  readonly source: SourceInfo;
  readonly epoch: string;
  readonly revision = 0;
  readonly tickMs = TICK_MS;
  readonly earliestMs: number;
  readonly #period: TracePeriod;
  readonly #anchorMs: number;
  readonly #isLooped: boolean;

  constructor(period: TracePeriod, options: TraceStoreOptions) {
    this.source = options.source;
    this.epoch = options.epoch;
    this.earliestMs = options.isLooped ? options.anchorMs - PAST_MS : options.anchorMs;
    this.#period = period;
    this.#anchorMs = options.anchorMs;
    this.#isLooped = options.isLooped;
  }

  get series(): SeriesDictionary {
    return this.#period.series;
  }

  watermarkAt(nowMs: number): number {
    return floorTo(nowMs, TICK_MS) - 1;
  }

  *ticks(fromMs: number, toMs: number): Iterable<Tick> {
    for (let startMs = ceilTo(fromMs, TICK_MS); startMs < toMs; startMs += TICK_MS) {
      const { phaseMs } = this.#positionOf(startMs);
      const rows = startMs < this.earliestMs ? [] : (this.#period.ticks.get(phaseMs) ?? []);
      yield { startMs, rows };
    }
  }

  rollups(fromMs: number, toMs: number, resolution: Resolution): RollupRows {
    const resolutionMs = RESOLUTION_MS[resolution];
    const rows = new RowList();
    let before = this.#totalsAt(fromMs, fromMs);
    for (let startMs = fromMs; startMs < toMs; startMs += resolutionMs) {
      const after = this.#totalsAt(startMs + resolutionMs, fromMs);
      for (const [id, total] of after.entries())
        rows.add(startMs, id, total, before[id] ?? NOTHING);
      before = after;
    }
    return rows.toRows();
  }

  revisedSince(): readonly [] {
    return [];
  }

  /** What each series used before `atMs`, but for the periods that were over at `sinceMs`: few enough to stay exact. */
  #totalsAt(atMs: number, sinceMs: number): readonly Rollup[] {
    const { loops, phaseMs } = this.#positionOf(atMs);
    const loopsSince = loops - this.#positionOf(sinceMs).loops;
    return this.#period.totals.map((total) => usedBy(total, loopsSince, phaseMs));
  }

  #positionOf(atMs: number): Position {
    const sinceAnchorMs = Math.max(atMs, this.earliestMs) - this.#anchorMs;
    const { lengthMs } = this.#period;
    if (!this.#isLooped) return { loops: 0, phaseMs: sinceAnchorMs };
    const loops = Math.floor(sinceAnchorMs / lengthMs);
    return { loops, phaseMs: sinceAnchorMs - loops * lengthMs };
  }
}

function usedBy(total: RunningTotal, loops: number, phaseMs: number): Rollup {
  const part = total.upTo[countBelow(total.tickMs, phaseMs)] ?? NOTHING;
  if (loops === 0) return part;
  const whole = total.upTo.at(-1) ?? NOTHING;
  return {
    calls: loops * whole.calls + part.calls,
    tokens: loops * whole.tokens + part.tokens,
    costMicroUsd: loops * whole.costMicroUsd + part.costMicroUsd,
    latencyMsSum: loops * whole.latencyMsSum + part.latencyMsSum,
  };
}

/** How many of the ascending values are less than `limit`, by binary search. */
function countBelow(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Gathers rows that come in order. */
class RowList {
  readonly #bucketStartMs: number[] = [];
  readonly #series: number[] = [];
  readonly #calls: number[] = [];
  readonly #tokens: number[] = [];
  readonly #costMicroUsd: number[] = [];
  readonly #latencyMsSum: number[] = [];

  /** Adds what was used between two running totals, if anything was. */
  add(bucketStartMs: number, series: number, total: Rollup, before: Rollup): void {
    if (total.calls === before.calls) return;
    this.#bucketStartMs.push(bucketStartMs);
    this.#series.push(series);
    this.#calls.push(total.calls - before.calls);
    this.#tokens.push(total.tokens - before.tokens);
    this.#costMicroUsd.push(total.costMicroUsd - before.costMicroUsd);
    this.#latencyMsSum.push(total.latencyMsSum - before.latencyMsSum);
  }

  toRows(): RollupRows {
    return {
      length: this.#series.length,
      bucketStartMs: Float64Array.from(this.#bucketStartMs),
      series: Uint32Array.from(this.#series),
      calls: Float64Array.from(this.#calls),
      tokens: Float64Array.from(this.#tokens),
      costMicroUsd: Float64Array.from(this.#costMicroUsd),
      latencyMsSum: Float64Array.from(this.#latencyMsSum),
    };
  }
}
