import { BucketTable } from '#core/rollup/bucket-table.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import { MOST_ROWS } from '#core/rollup/segment.ts';
import { RESOLUTION_MS, type Resolution } from '#core/time/resolution.ts';

/** After this many the segment is sealed whatever its size, so that little is rewritten. */
const MOST_BUCKETS = 60;

/**
 * The segment that new buckets are appended to: stored again, longer, each time buckets close, and
 * sealed when it is long or large. It starts where this writer started, never in the middle of what
 * is stored.
 */
export class FillingSegment {
  readonly #stepMs: number;
  #chunk: Chunk | null = null;

  constructor(resolution: Resolution) {
    this.#stepMs = RESOLUTION_MS[resolution];
  }

  /** @returns what to store: the appended segment's chunk, or `chunk` where it does not follow */
  add(chunk: Chunk): Chunk {
    const open = this.#chunk;
    const isAppended =
      open !== null &&
      open.toMs === chunk.fromMs &&
      chunk.toMs - open.fromMs <= MOST_BUCKETS * this.#stepMs &&
      open.rows.length + chunk.rows.length <= MOST_ROWS;
    return (this.#chunk = isAppended ? joinChunks([open, chunk], this.#stepMs) : chunk);
  }
}

/** One chunk of several that follow each other; `stepMs` is their resolution. */
export function joinChunks(chunks: readonly Chunk[], stepMs: number): Chunk {
  const table = new BucketTable(stepMs);
  for (const { rows } of chunks) table.addRows(rows);
  const fromMs = chunks[0]?.fromMs ?? 0;
  return { fromMs, toMs: chunks.at(-1)?.toMs ?? fromMs, rows: table.toRows() };
}
