import type { Commit, Cursor, TierChange } from '#core/live/commit.ts';
import { BucketTable } from '#core/rollup/bucket-table.ts';
import { encodeSegment } from '#core/rollup/segment-codec.ts';
import type { Segment } from '#core/rollup/segment.ts';
import type { SeriesKey } from '#core/rollup/series.ts';
import { BurnrateDatabase, openDatabase } from '#app/database/database.ts';
import { DexieSegmentStore } from '#app/worker/dexie-segment-store.ts';
import { MemorySegmentStore } from '#app/worker/memory-segment-store.ts';
import type { SegmentStore } from '#app/worker/segment-store.ts';

const START_MS = Date.UTC(2026, 10, 21, 9);
export const ACME: SeriesKey = { tenantId: 'north', customerId: 'acme', model: 'gpt-4o' };
export const BOLT: SeriesKey = { tenantId: 'south', customerId: 'bolt', model: 'claude' };

let databases = 0;
/** Every implementation, each store with a disk of its own. */
export const stores: readonly [string, () => SegmentStore][] = [
  ['on Dexie', () => onDexie(`contract-${databases++}`)],
  ['in memory', () => new MemorySegmentStore()],
];

const onDexie = (name: string) =>
  new DexieSegmentStore(() => openDatabase(new BurnrateDatabase(name)));
export const at = (bucket: number) => START_MS + bucket * 5_000;
export const span = (from: number, to: number) => ({ fromMs: at(from), toMs: at(to) });

export function aSegment(from: number, to: number, epoch = 'e'): Segment {
  const table = new BucketTable(5_000);
  for (let bucket = from; bucket < to; bucket++) {
    table.add(at(bucket), 0, { calls: 1, tokens: bucket, costMicroUsd: 3, latencyMsSum: 4 });
  }
  const bytes = encodeSegment(table.toRows(), at(from), 5_000);
  const span = { startMs: at(from), endMs: at(to) };
  return { epoch, resolution: '5s', ...span, byteLength: bytes.length, bytes };
}

export const infoOf = ({ bytes: _, ...info }: Segment) => info;

export function aCursor(coveredTo: number, over: Partial<Cursor> = {}): Cursor {
  return { epoch: 'e', coveredToMs: at(coveredTo), revision: 0, writerTerm: 1, ...over };
}

export type Over = Partial<Omit<Commit, 'changes'>> & Partial<TierChange>;

/** The first commit of an epoch, of two buckets. */
export function aCommit(over: Over = {}): Commit {
  const { resolution = '5s', revoked = [], segments, covered, ...rest } = over;
  const change = {
    resolution,
    revoked,
    segments: segments ?? [aSegment(0, 2)],
    covered: covered ?? [span(0, 2)],
  };
  return {
    expected: null,
    next: aCursor(2),
    newSeries: [ACME],
    firstSeriesId: 0,
    changes: [change],
    ...rest,
  };
}

/** The next live commit after `aCommit()`: the same segment, one bucket longer. */
export const aSecond = (over: Over = {}): Commit =>
  aCommit({
    expected: aCursor(2),
    next: aCursor(3),
    newSeries: [],
    firstSeriesId: 1,
    segments: [aSegment(0, 3)],
    covered: [span(2, 3)],
    ...over,
  });

export const fives = (covered: readonly unknown[]) => ({ '5s': covered, '1m': [], '1h': [] });
