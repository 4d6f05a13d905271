import { Dexie, type IndexableType } from 'dexie';
import { coverageOfSegments, type Segment, type SegmentInfo } from '#core/rollup/segment.ts';
import { type Coverage, NO_COVERAGE } from '#core/time/coverage.ts';
import type { Interval, IntervalSet } from '#core/time/intervals.ts';
import { type Resolution, RESOLUTIONS } from '#core/time/resolution.ts';
import type { BurnrateDatabase } from './database.ts';

/** Segments that overlap the span, ascending. */
export async function segmentsIn(
  db: BurnrateDatabase,
  epoch: string,
  resolution: Resolution,
  span: Interval,
): Promise<readonly Segment[]> {
  // Segments never overlap: of those that start before the span, only the last can reach into it.
  const earlier = await before(db, epoch, resolution, span.fromMs).last();
  const within = await between(db, epoch, resolution, span).toArray();
  return earlier && earlier.endMs > span.fromMs ? [earlier, ...within] : within;
}

/** All that is stored, by epoch, resolution and time. */
export async function directoryOf(db: BurnrateDatabase): Promise<SegmentInfo[]> {
  return (await db.segments.orderBy(DIRECTORY).keys()).map(infoOf);
}

function infoOf(key: IndexableType): SegmentInfo {
  const [epoch, resolution, startMs, endMs, byteLength] = key as unknown as SegmentKey; // the index's columns
  return { epoch, resolution, startMs, endMs, byteLength };
}

/** The index that tells what there is without reading it. */
const DIRECTORY = '[epoch+resolution+startMs+endMs+byteLength]';

type SegmentKey = [
  epoch: string,
  resolution: Resolution,
  startMs: number,
  endMs: number,
  byteLength: number,
];

/** As it is written; where that had to go to make room, as the segments have it. */
export async function coverageOf(db: BurnrateDatabase, epoch: string): Promise<Coverage> {
  const rows = await db.coverage.bulkGet(RESOLUTIONS.map((one) => [epoch, one]));
  const coverage = { ...NO_COVERAGE };
  for (const [i, resolution] of RESOLUTIONS.entries()) {
    const written = rows[i]?.intervals;
    coverage[resolution] = written ?? (await coveredBySegments(db, epoch, resolution));
  }
  return coverage;
}

async function coveredBySegments(
  db: BurnrateDatabase,
  epoch: string,
  resolution: Resolution,
): Promise<IntervalSet> {
  const keys = await db.segments
    .where(DIRECTORY)
    .between([epoch, resolution, Dexie.minKey], [epoch, resolution, Dexie.maxKey])
    .keys();
  return coverageOfSegments(keys.map(infoOf))[resolution];
}

/** Segments that start before `toMs`. */
export function before(db: BurnrateDatabase, epoch: string, resolution: Resolution, toMs: number) {
  return between(db, epoch, resolution, { fromMs: Number.NEGATIVE_INFINITY, toMs });
}

/** Segments that start in the span. */
function between(db: BurnrateDatabase, epoch: string, resolution: Resolution, span: Interval) {
  const { fromMs, toMs } = span;
  return db.segments
    .where('[epoch+resolution+startMs]')
    .between([epoch, resolution, fromMs], [epoch, resolution, toMs]);
}

/** The primary key. */
export function keyOf(segment: SegmentInfo): [string, Resolution, number] {
  return [segment.epoch, segment.resolution, segment.startMs];
}
