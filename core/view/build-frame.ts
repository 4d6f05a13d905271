import type { Chunk } from '../rollup/chunk.ts';
import type { SeriesDictionary } from '../rollup/series.ts';
import { clipTo, isCovered } from '../time/intervals.ts';
import { type Known, NOTHING_KNOWN } from '../time/known.ts';
import { FINEST_MS, floorTo, RESOLUTION_MS } from '../time/resolution.ts';
import { UTC, zoneNamed } from '../time/zone.ts';
import { costByModel, customerUsage, tokenSeries } from './breakdowns.ts';
import { coverageOf } from './coverage-flags.ts';
import { usageByDay } from './days.ts';
import { type Filter, sliceOf } from './filter.ts';
import type { Expected, Frame, SpendRate } from './frame.ts';
import { keyFigures } from './key-figures.ts';
import { groupSeries } from './series-groups.ts';
import { spendRate } from './spend-rate.ts';
import { sumWindow } from './window-sums.ts';
import { REAL_TIME, type TimeRange, type Window, windowAt } from './window.ts';

export interface FrameInputs {
  readonly number: number;
  readonly epoch: string;
  readonly filter: Filter;
  readonly playheadMs: number;
  /** What was asked for; real time unless told. */
  readonly range?: TimeRange;
  /** In which days are told; UTC unless told. */
  readonly zone?: string;
  readonly series: SeriesDictionary;
  /** The window; the one that `playheadMs` and `range` give unless told. */
  readonly shown?: Window;
  /** Disjoint, ascending, at the window's resolution; what no chunk spans is not known. */
  readonly chunks: readonly Chunk[];
  /** The same at 5 s, of the last minute before the playhead, where that is known better. */
  readonly recent?: readonly Chunk[];
  /** Handed on as it is. */
  readonly known?: Known;
  /** Handed on as it is; nothing unless told. */
  readonly expected?: Expected | null;
}

/** Whether everything that a playhead shows is known. */
export function isWindowKnown(chunks: readonly Chunk[], playheadMs: number): boolean {
  return isCovered(coverageOf(chunks), windowAt(playheadMs));
}

/** The chunks that a frame is made from: those of the window and of the one before it. */
export function chunksShown(chunks: readonly Chunk[], playheadMs: number): readonly Chunk[] {
  const window = windowAt(playheadMs);
  const { fromMs } = earlierThan(window);
  return chunks.filter((one) => one.fromMs < window.toMs && one.toMs > fromMs);
}

export function buildFrame(inputs: FrameInputs): Frame {
  const { chunks, recent, series, filter, playheadMs, range = REAL_TIME } = inputs;
  const { shown = windowAt(playheadMs, range.spanMs) } = inputs;
  const coverage = coverageOf(chunks);
  const covered = clipTo(coverage, shown);
  const slice = sliceOf(filter, series);
  const customers = groupSeries(series, (key) => `${key.tenantId}\u0000${key.customerId}`);
  const models = groupSeries(series, (key) => key.model);
  const window = sumWindow(chunks, shown, slice);
  const before = sumWindow(chunks, earlierThan(shown), slice);
  const coveredMs = covered.reduce((sum, one) => sum + one.toMs - one.fromMs, 0);
  const zone = zoneNamed(inputs.zone ?? '') ?? UTC;
  const uses = usageByDay({ chunks, coverage, shown, slice, zone });
  return {
    number: inputs.number,
    epoch: inputs.epoch,
    filter,
    range,
    playheadMs,
    asOfMs: covered.at(-1)?.toMs ?? null,
    windowMs: shown.toMs - shown.fromMs,
    coveredMs,
    spendRate: recent
      ? spendRate(recent, coverageOf(recent), floorTo(playheadMs + 1, FINEST_MS), slice)
      : spendRate(chunks, coverage, shown.toMs, slice, RESOLUTION_MS[shown.resolution]),
    tokenSeries: tokenSeries(window, before, models, coverage),
    expected: inputs.expected ?? null,
    keyFigures: keyFigures({ window, before, coverage, coveredMs, customers }),
    costByModel: costByModel(window, models),
    customers: customerUsage(window, customers, coverage),
    known: inputs.known ?? NOTHING_KNOWN,
    days: uses && { zone: zone.name, uses },
    choices: choicesOf(series),
  };
}

/** The window before, which it is compared with. */
function earlierThan(window: Window): Window {
  return { ...window, fromMs: 2 * window.fromMs - window.toMs, toMs: window.fromMs };
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
