import type { Chunk } from '#core/rollup/chunk.ts';
import { decodeSegment, encodeSegment } from '#core/rollup/segment-codec.ts';
import { cutChunk, type Segment, spanOf } from '#core/rollup/segment.ts';
import { RESOLUTION_MS, type Resolution } from '#core/time/resolution.ts';

/** Far more than any segment unpacks to; an imported one may be made to fill the memory. */
const MOST_BYTES = 64_000_000;

/** The browser's `deflate-raw`. */
export interface Compression {
  deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws when the bytes are damaged */
  inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

export const browserCompression: Compression = {
  deflate: (bytes) => through(new CompressionStream('deflate-raw'), bytes),
  inflate: (bytes) => through(new DecompressionStream('deflate-raw'), bytes),
};

/** The segments that keep a chunk. */
export function packChunk(
  { deflate }: Compression,
  chunk: Chunk,
  epoch: string,
  resolution: Resolution,
): Promise<Segment[]> {
  const parts = cutChunk(chunk).map(async ({ rows, fromMs, toMs }) => {
    const bytes = await deflate(encodeSegment(rows, fromMs, RESOLUTION_MS[resolution]));
    return { epoch, resolution, startMs: fromMs, endMs: toMs, byteLength: bytes.length, bytes };
  });
  return Promise.all(parts);
}

/** What a segment keeps; null: it is damaged. */
export async function unpackSegment(
  { inflate }: Compression,
  segment: Segment,
): Promise<Chunk | null> {
  let bytes: Uint8Array;
  try {
    bytes = await inflate(segment.bytes);
  } catch {
    // Its checksum would not be right either.
    return null;
  }
  const decoded = decodeSegment(bytes);
  return decoded.ok ? { ...spanOf(segment), rows: decoded.rows } : null;
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > MOST_BYTES) throw new RangeError('a segment that is too large to be one');
    parts.push(read.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
