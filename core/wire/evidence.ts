import { z } from 'zod';
import { coverageOfSegments } from '../rollup/segment.ts';
import type { Interval } from '../time/intervals.ts';
import { RESOLUTION_MS, RESOLUTIONS } from '../time/resolution.ts';
import { countSchema, epochMsSchema, seriesKeySchema } from './fields.ts';
import { sourceInfoSchema } from './health.ts';
import { resolutionSchema } from './history.ts';
import { type Parsed, parseWith } from './parsed.ts';

/** Far more than any segment that is written; keeps a made-up file from asking for gigabytes. */
const MOST_SEGMENT_BYTES = 4_000_000;

/** More than is ever kept. */
const MOST_INTERVALS = 1_000;

const segmentSchema = z.object({
  resolution: resolutionSchema,
  startMs: epochMsSchema,
  endMs: epochMsSchema,
  byteLength: z.int().positive().max(MOST_SEGMENT_BYTES),
});

const intervalSchema = z.object({ fromMs: epochMsSchema, toMs: epochMsSchema });

const headerSchema = z.object({
  format: z.literal('burnrate-evidence'),
  /** 1: segments are `deflate-raw` of segment format 2. */
  version: z.literal(1),
  /** The device's clock, epoch ms. */
  exportedAtMs: epochMsSchema,
  epoch: z.string().min(1).max(200),
  revision: countSchema,
  source: sourceInfoSchema.nullable(),
  /** In id order. */
  series: z.array(seriesKeySchema),
  /** In the order of their bytes, which follow the header one after the other. */
  segments: z.array(segmentSchema),
  /** What came as it happened, and when the server was not heard; files of before do not say. */
  live: z.array(intervalSchema).max(MOST_INTERVALS).optional(),
  outages: z.array(intervalSchema).max(MOST_INTERVALS).optional(),
});

/**
 * First line of an evidence file, as JSON; the bytes of the segments follow the line's end. The file
 * is the cache of one data set, and can be looked at without a server.
 */
export type EvidenceHeader = z.infer<typeof headerSchema>;

/** Where imported metrics come from. */
export interface EvidenceInfo {
  readonly fileName: string;
  /** The clock of the device that exported them, epoch ms. */
  readonly exportedAtMs: number;
}

/** Checks the first line of a file: its shape, and that its segments are whole buckets that do not overlap. */
export function parseEvidenceHeader(body: unknown): Parsed<EvidenceHeader> {
  const parsed = parseWith(headerSchema, body);
  if (!parsed.ok) return parsed;
  const { segments } = parsed.value;
  for (const { resolution, startMs, endMs } of segments) {
    const stepMs = RESOLUTION_MS[resolution];
    const isWhole = startMs < endMs && startMs % stepMs === 0 && endMs % stepMs === 0;
    if (!isWhole) return { ok: false, reason: `the segment at ${startMs} has no whole buckets` };
  }
  const coverage = coverageOfSegments(segments);
  const coveredMs = RESOLUTIONS.flatMap((one) => coverage[one]).reduce(addLength, 0);
  const spannedMs = segments.reduce((sum, one) => sum + one.endMs - one.startMs, 0);
  return coveredMs === spannedMs ? parsed : { ok: false, reason: 'segments overlap' };
}

function addLength(sum: number, { fromMs, toMs }: Interval): number {
  return sum + toMs - fromMs;
}
