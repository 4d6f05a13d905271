import type { Coverage } from '../time/coverage.ts';
import { type Interval, missingFrom } from '../time/intervals.ts';
import { ceilTo, floorTo, RESOLUTION_MS, type Resolution } from '../time/resolution.ts';
import { BucketTable } from './bucket-table.ts';
import { type Chunk, rowsWithin } from './chunk.ts';

/** Finer buckets that are added up at once. */
const MOST_CHILDREN = 60;

/** What a coarse resolution is added up from. */
const CHILD = { '1m': '5s', '1h': '1m' } as const;

/** A stretch of one resolution that is complete at the next finer one. */
export interface RollUp extends Interval {
  readonly resolution: Resolution;
  readonly from: Resolution;
}

/** The newest stretch that can be added up from finer buckets and is not there yet; null: none. */
export function nextRollUp(coverage: Coverage): RollUp | null {
  for (const resolution of ['1m', '1h'] as const) {
    const from = CHILD[resolution];
    const stepMs = RESOLUTION_MS[resolution];
    const mostMs = MOST_CHILDREN * RESOLUTION_MS[from];
    for (const covered of coverage[from].toReversed()) {
      const whole = { fromMs: ceilTo(covered.fromMs, stepMs), toMs: floorTo(covered.toMs, stepMs) };
      const newest = missingFrom(coverage[resolution], whole).at(-1);
      if (!newest) continue;
      const fromMs = Math.max(newest.fromMs, newest.toMs - mostMs);
      return { resolution, from, fromMs, toMs: newest.toMs };
    }
  }
  return null;
}

/** What the part of `finer` that lies inside the stretch adds up to; together they are complete for it. */
export function rollUp(finer: readonly Chunk[], stretch: RollUp): Chunk {
  const { resolution, fromMs, toMs } = stretch;
  const table = new BucketTable(RESOLUTION_MS[resolution]);
  for (const { rows } of finer) table.addRows(rowsWithin(rows, stretch));
  return { fromMs, toMs, rows: table.toRows() };
}
