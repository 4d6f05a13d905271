import type { Cursor } from '#core/live/commit.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import { coverageOfSegments, type Segment, type SegmentInfo } from '#core/rollup/segment.ts';
import { RESOLUTION_MS, RESOLUTIONS } from '#core/time/resolution.ts';
import {
  type EvidenceHeader,
  type EvidenceInfo,
  parseEvidenceHeader,
} from '#core/wire/evidence.ts';
import type { Outcome } from '#app/protocol/messages.ts';
import { type Compression, unpackSegment } from './packing.ts';
import type { SegmentStore, StoredCache } from './segment-store.ts';
import { parseJson } from './transport.ts';

/** Segments that are read or written at once. */
const BATCH = 100;
/** The first line of a file names every series and segment; more than this is no such line, bytes. */
const LONGEST_HEADER = 64_000_000;
const HEADER_STEP = 1_000_000;
const LINE_END = 0x0a;

/**
 * All that is cached of the newest data set, as one file: a header line, then the segments' bytes.
 * @returns null when nothing is cached
 * @throws what the storage throws
 */
export async function exportEvidence(store: SegmentStore, nowMs: number): Promise<Blob | null> {
  const { cursor } = await store.load();
  if (!cursor) return null;
  const directory = (await store.directory()).filter((one) => one.epoch === cursor.epoch);
  const segments: SegmentInfo[] = [];
  const parts: Blob[] = [];
  for (const batch of batchesOf(directory)) {
    for (const one of await storedAs(store, batch)) {
      segments.push(one);
      parts.push(new Blob([one.bytes]));
    }
  }
  // Read last: it names every series that a segment may have been the first to use.
  const header = headerOf(await store.load(), cursor, segments, nowMs);
  return new Blob([JSON.stringify(header), '\n', ...parts], { type: 'application/octet-stream' });
}

/**
 * Puts a file into a store of its own, in the place of what was imported before. Everything is checked
 * first: a file that is damaged or made up changes nothing.
 * @throws what the storage throws
 */
export async function importEvidence(
  store: SegmentStore,
  compression: Compression,
  file: Blob,
  fileName: string,
): Promise<Outcome<EvidenceInfo>> {
  const read = await readHeader(file);
  if (!read.ok) return read;
  const { header, bodyFrom } = read.value;
  const expected = bodyFrom + header.segments.reduce((sum, one) => sum + one.byteLength, 0);
  if (file.size !== expected) return { ok: false, reason: 'The file is not complete.' };
  const problem = await firstProblem(compression, file, header, bodyFrom);
  if (problem) return { ok: false, reason: problem };
  await store.clear();
  await storeAll(store, file, header, bodyFrom);
  const evidence = { fileName, exportedAtMs: header.exportedAtMs };
  await store.saveServerFacts(0, header.source);
  await store.saveEvidence(evidence);
  return { ok: true, value: evidence };
}

function* batchesOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH);
}

/** The segments of a batch that are still there as they were listed. */
async function storedAs(
  store: SegmentStore,
  batch: readonly SegmentInfo[],
): Promise<readonly Segment[]> {
  const found: Segment[] = [];
  for (const resolution of RESOLUTIONS) {
    const infos = batch.filter((one) => one.resolution === resolution);
    if (infos.length === 0) continue;
    const span = { fromMs: infos[0]?.startMs ?? 0, toMs: infos.at(-1)?.endMs ?? 0 };
    const ends = new Map(infos.map((one) => [one.startMs, one.endMs]));
    const stored = await store.segmentsIn(infos[0]?.epoch ?? '', resolution, span);
    found.push(...stored.filter((one) => ends.get(one.startMs) === one.endMs));
  }
  return found;
}

function headerOf(
  stored: StoredCache,
  cursor: Cursor,
  segments: readonly SegmentInfo[],
  exportedAtMs: number,
): EvidenceHeader {
  const series = stored.dataSets.find((one) => one.epoch === cursor.epoch)?.series ?? [];
  return {
    format: 'burnrate-evidence',
    version: 1,
    exportedAtMs,
    epoch: cursor.epoch,
    revision: cursor.revision,
    source: stored.source,
    series: series.map(({ tenantId, customerId, model }) => ({ tenantId, customerId, model })),
    segments: segments.map(({ resolution, startMs, endMs, byteLength }) => ({
      resolution,
      startMs,
      endMs,
      byteLength,
    })),
    ...provenanceIn(stored, cursor.epoch),
  };
}

function provenanceIn({ provenance }: StoredCache, epoch: string) {
  if (!provenance) return {};
  const live = provenance.epoch === epoch ? provenance.live : [];
  return { live: [...live], outages: [...provenance.outages] };
}

async function readHeader(
  file: Blob,
): Promise<Outcome<{ header: EvidenceHeader; bodyFrom: number }>> {
  const notOurs = { ok: false, reason: 'This is not an evidence file of Burnrate.' } as const;
  for (let size = HEADER_STEP; size <= LONGEST_HEADER; size *= 2) {
    const start = new Uint8Array(await file.slice(0, size).arrayBuffer());
    const end = start.indexOf(LINE_END);
    if (end === -1 && size < file.size) continue;
    if (end === -1) return notOurs;
    const json = parseJson(new TextDecoder().decode(start.subarray(0, end)));
    if (!json.ok) return notOurs;
    const parsed = parseEvidenceHeader(json.value);
    if (!parsed.ok) return { ok: false, reason: `${notOurs.reason} (${parsed.reason})` };
    return { ok: true, value: { header: parsed.value, bodyFrom: end + 1 } };
  }
  return notOurs;
}

/** What a header lists, with its bytes, one after the other. */
async function* segmentsOf(
  file: Blob,
  header: EvidenceHeader,
  bodyFrom: number,
): AsyncGenerator<Segment> {
  let at = bodyFrom;
  for (const info of header.segments) {
    const bytes = new Uint8Array(await file.slice(at, at + info.byteLength).arrayBuffer());
    at += info.byteLength;
    yield { epoch: header.epoch, ...info, bytes };
  }
}

async function firstProblem(
  compression: Compression,
  file: Blob,
  header: EvidenceHeader,
  bodyFrom: number,
): Promise<string | null> {
  for await (const segment of segmentsOf(file, header, bodyFrom)) {
    const chunk = await unpackSegment(compression, segment);
    if (chunk && isInside(chunk, segment, header.series.length)) continue;
    const at = new Date(segment.startMs).toISOString();
    return `The file is damaged: its ${segment.resolution} data of ${at} cannot be read.`;
  }
  return null;
}

/** Whether every row belongs to a bucket of the segment and to a series that the header names. */
function isInside({ rows }: Chunk, segment: SegmentInfo, series: number): boolean {
  const { startMs, endMs, resolution } = segment;
  for (let i = 0; i < rows.length; i++) {
    const atMs = rows.bucketStartMs[i] ?? 0;
    const isInSpan = atMs >= startMs && atMs < endMs && atMs % RESOLUTION_MS[resolution] === 0;
    if (!isInSpan || (rows.series[i] ?? 0) >= series) return false;
  }
  return true;
}

async function storeAll(
  store: SegmentStore,
  file: Blob,
  header: EvidenceHeader,
  bodyFrom: number,
): Promise<void> {
  const { epoch, revision, series, live = [], outages = [] } = header;
  const fives = header.segments.filter((one) => one.resolution === '5s');
  const coveredToMs = Math.max(0, ...fives.map((one) => one.endMs)) || null;
  const cursor = { epoch, coveredToMs, revision, writerTerm: 1 };
  let expected: Cursor | null = null;
  let batch: Segment[] = [];
  const commit = async () => {
    const coverage = coverageOfSegments(batch);
    const changes = RESOLUTIONS.map((resolution) => ({
      resolution,
      revoked: [],
      segments: batch.filter((one) => one.resolution === resolution),
      covered: coverage[resolution],
    }));
    const newSeries = expected === null ? series : [];
    const provenance = { live, outages };
    const next = { expected, next: cursor, newSeries, firstSeriesId: 0, changes, provenance };
    if (!(await store.commit(next))) throw new Error('another tab imports at the same time');
    expected = cursor;
    batch = [];
  };
  for await (const segment of segmentsOf(file, header, bodyFrom)) {
    batch.push(segment);
    if (batch.length === BATCH) await commit();
  }
  await commit();
}
