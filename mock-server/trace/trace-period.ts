import { costMicroUsd } from '#core/billing/prices.ts';
import { NOTHING, type Rollup, mergeRollups } from '#core/rollup/rollup.ts';
import { SeriesDictionary } from '#core/rollup/series.ts';
import { FINEST_MS, ceilTo, floorTo } from '#core/time/resolution.ts';
import type { TickRow } from '../metric-store.ts';
import { dealRow } from './dealing.ts';
import { modelledLatencyMs } from './modelled-latency.ts';
import { TENTHS_PER_MS, tenthsBetween } from './trace-instant.ts';
import type { TraceRequest } from './trace-rows.ts';

/** Length of a tick of a trace. */
export const TICK_MS = 1_000;

/** What one series used up to each of its ticks. */
export interface RunningTotal {
  /** Starts of the ticks in which it was used, ms from the period's start, ascending. */
  readonly tickMs: Float64Array;
  /** `upTo[i]` is everything used in the ticks before `tickMs[i]`; one more than there are ticks: the last is the whole. */
  readonly upTo: readonly Rollup[];
}

/** One run through a trace at some speed: what is played once, or over and over. */
export interface TracePeriod {
  /** A multiple of 5 s that holds every request. */
  readonly lengthMs: number;
  readonly series: SeriesDictionary;
  /** Rows of the ticks in which anything was used, by tick start, ms from the period's start. */
  readonly ticks: ReadonlyMap<number, readonly TickRow[]>;
  /** By series id. */
  readonly totals: readonly RunningTotal[];
}

/** @param requests at least one, ascending in time */
export function tracePeriod(requests: readonly TraceRequest[], speed: number): TracePeriod {
  const series = new SeriesDictionary();
  const cells = new Map<number, Map<number, Rollup>>();
  let lastMs = 0;
  for (const [row, request] of requests.entries()) {
    lastMs = playedAtMs(requests, request, speed);
    const tickMs = floorTo(lastMs, TICK_MS);
    const tick = cells.get(tickMs) ?? new Map<number, Rollup>();
    const { customer, model } = dealRow(row);
    const id = series.idOf({ ...customer, model });
    const { inputTokens, outputTokens } = request;
    const used: Rollup = {
      calls: 1,
      tokens: inputTokens + outputTokens,
      costMicroUsd: costMicroUsd(model, inputTokens, outputTokens),
      latencyMsSum: modelledLatencyMs(inputTokens, outputTokens),
    };
    tick.set(id, mergeRollups(tick.get(id) ?? NOTHING, used));
    cells.set(tickMs, tick);
  }
  return {
    lengthMs: ceilTo(lastMs + 1, FINEST_MS),
    series,
    ticks: new Map([...cells].map(([tickMs, tick]) => [tickMs, rowsOf(tick)])),
    totals: runningTotals(cells, series.size),
  };
}

/** ms from the start of the period, whole. */
function playedAtMs(
  requests: readonly TraceRequest[],
  request: TraceRequest,
  speed: number,
): number {
  const offset = tenthsBetween((requests[0] ?? request).at, request.at);
  return Math.floor(offset / (TENTHS_PER_MS * speed));
}

function rowsOf(tick: ReadonlyMap<number, Rollup>): readonly TickRow[] {
  return [...tick].sort(([a], [b]) => a - b).map(([series, rollup]) => ({ series, rollup }));
}

/** @param cells by tick, ascending, and series id */
function runningTotals(
  cells: ReadonlyMap<number, ReadonlyMap<number, Rollup>>,
  seriesCount: number,
): readonly RunningTotal[] {
  const totals = Array.from({ length: seriesCount }, (): { tickMs: number[]; upTo: Rollup[] } => ({
    tickMs: [],
    upTo: [NOTHING],
  }));
  for (const [startMs, tick] of cells) {
    for (const [id, used] of tick) {
      const total = totals[id];
      total?.tickMs.push(startMs);
      total?.upTo.push(mergeRollups(total.upTo.at(-1) ?? NOTHING, used));
    }
  }
  return totals.map(({ tickMs, upTo }) => ({ tickMs: Float64Array.from(tickMs), upTo }));
}
