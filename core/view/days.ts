import type { Chunk } from '../rollup/chunk.ts';
import { clipTo, type IntervalSet } from '../time/intervals.ts';
import { ceilTo, RESOLUTION_MS } from '../time/resolution.ts';
import { DAY_MS, daysOf, type Zone } from '../time/zone.ts';
import type { DayUse } from './frame.ts';
import type { Window } from './window.ts';

/** From here on days are told apart; two local days in spring are an hour shorter. */
const LEAST_SPAN_MS = 2 * DAY_MS - RESOLUTION_MS['1h'];

interface DaysInputs {
  /** Disjoint, ascending, at the window's resolution. */
  readonly chunks: readonly Chunk[];
  readonly coverage: IntervalSet;
  readonly shown: Window;
  /** One flag per series id; rows of others do not count. */
  readonly slice: Uint8Array;
  readonly zone: Zone;
}

/**
 * What was used on each local day of a window, oldest first; null: the window is shorter than two days.
 * The days add up to the window exactly. Buckets are not cut: each counts to the day in which it begins,
 * which in a zone that is half an hour off puts the half of one 1 h bucket into the day before.
 */
export function usageByDay(inputs: DaysInputs): readonly DayUse[] | null {
  const { chunks, coverage, shown, slice, zone } = inputs;
  if (shown.toMs - shown.fromMs < LEAST_SPAN_MS) return null;
  const stepMs = RESOLUTION_MS[shown.resolution];
  const days = daysOf(zone, shown).flatMap((day) => {
    const wholeFromMs = ceilTo(day.fromMs, stepMs);
    const wholeToMs = ceilTo(day.toMs, stepMs);
    const fromMs = Math.max(wholeFromMs, shown.fromMs);
    const toMs = Math.min(wholeToMs, shown.toMs);
    if (fromMs >= toMs) return [];
    const known = clipTo(coverage, { fromMs, toMs });
    const coveredMs = known.reduce((sum, one) => sum + one.toMs - one.fromMs, 0);
    const nothing = { costMicroUsd: 0, tokens: 0, calls: 0 };
    return [{ fromMs, toMs, wholeFromMs, wholeToMs, coveredMs, ...nothing }];
  });
  for (const chunk of chunks) {
    if (chunk.fromMs < shown.toMs && chunk.toMs > shown.fromMs) addChunk(days, chunk, slice);
  }
  return days;
}

type Sums = { -readonly [K in keyof DayUse]: DayUse[K] };

function addChunk(days: readonly Sums[], { rows }: Chunk, slice: Uint8Array): void {
  // Rows ascend in time, and so do days.
  let place = 0;
  for (let i = 0; i < rows.length; i++) {
    const atMs = rows.bucketStartMs[i] ?? 0;
    while (place < days.length && atMs >= (days[place]?.toMs ?? 0)) place++;
    const day = days[place];
    if (!day) return;
    if (atMs < day.fromMs || slice[rows.series[i] ?? 0] !== 1) continue;
    day.costMicroUsd += rows.costMicroUsd[i] ?? 0;
    day.tokens += rows.tokens[i] ?? 0;
    day.calls += rows.calls[i] ?? 0;
  }
}
