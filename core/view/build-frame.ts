import type { Chunk } from '../rollup/chunk.ts';
import type { SeriesDictionary } from '../rollup/series.ts';
import { clipTo, type Interval, isCovered } from '../time/intervals.ts';
import { FINEST_MS, floorTo } from '../time/resolution.ts';
import { costByModel, customerUsage, tokenSeries } from './breakdowns.ts';
import { coverageOf } from './coverage-flags.ts';
import { type Filter, sliceOf } from './filter.ts';
import type { Frame, SpendRate } from './frame.ts';
import { keyFigures } from './key-figures.ts';
import { groupSeries } from './series-groups.ts';
import { spendRate } from './spend-rate.ts';
import { sumWindow } from './window-sums.ts';

/** Length of the live window, ms. */
const WINDOW_MS = 300_000;

export interface FrameInputs {
  readonly number: number;
  readonly epoch: string;
  readonly filter: Filter;
  readonly playheadMs: number;
  readonly series: SeriesDictionary;
  /** Disjoint, ascending, at 5 s; what no chunk spans is not known. */
  readonly chunks: readonly Chunk[];
}

/** The span of buckets that a playhead shows: those that ended at or before it. */
export function windowAt(playheadMs: number): Interval {
  const toMs = floorTo(playheadMs + 1, FINEST_MS);
  return { fromMs: toMs - WINDOW_MS, toMs };
}

/** Whether everything that a playhead shows is known. */
export function isWindowKnown(chunks: readonly Chunk[], playheadMs: number): boolean {
  return isCovered(coverageOf(chunks), windowAt(playheadMs));
}

/** The chunks that a frame is made from: those of the window and of the one before it. */
export function chunksShown(chunks: readonly Chunk[], playheadMs: number): readonly Chunk[] {
  const { fromMs, toMs } = windowAt(playheadMs);
  return chunks.filter((one) => one.fromMs < toMs && one.toMs > fromMs - WINDOW_MS);
}

export function buildFrame(inputs: FrameInputs): Frame {
  const { chunks, series, filter, playheadMs } = inputs;
  const span = windowAt(playheadMs);
  const coverage = coverageOf(chunks);
  const covered = clipTo(coverage, span);
  const slice = sliceOf(filter, series);
  const customers = groupSeries(series, (key) => `${key.tenantId}\u0000${key.customerId}`);
  const models = groupSeries(series, (key) => key.model);
  const window = sumWindow(chunks, span, FINEST_MS, slice);
  const earlier = { fromMs: span.fromMs - WINDOW_MS, toMs: span.fromMs };
  const before = sumWindow(chunks, earlier, FINEST_MS, slice);
  const coveredMs = covered.reduce((sum, one) => sum + one.toMs - one.fromMs, 0);
  return {
    number: inputs.number,
    epoch: inputs.epoch,
    filter,
    playheadMs,
    asOfMs: covered.at(-1)?.toMs ?? null,
    windowMs: WINDOW_MS,
    coveredMs,
    spendRate: spendRate(chunks, coverage, span.toMs, slice),
    tokenSeries: tokenSeries(window, models, coverage),
    keyFigures: keyFigures({ window, before, coverage, coveredMs, customers }),
    costByModel: costByModel(window, models),
    customers: customerUsage(window, customers, coverage),
    choices: choicesOf(series),
  };
}

/** The spend rate up to the newest instant that is known, which may lie inside an open bucket. */
export function spendRateAt(
  inputs: Pick<FrameInputs, 'chunks' | 'series' | 'filter'>,
  toMs: number,
): SpendRate {
  const slice = sliceOf(inputs.filter, inputs.series);
  return spendRate(inputs.chunks, coverageOf(inputs.chunks), toMs, slice);
}

function choicesOf(series: SeriesDictionary): Filter {
  const keys = series.keysFrom(0);
  const sorted = (values: Iterable<string>) => [...new Set(values)].sort();
  return {
    tenants: sorted(keys.map((key) => key.tenantId)),
    customers: sorted(keys.map((key) => key.customerId)),
    models: sorted(keys.map((key) => key.model)),
  };
}
