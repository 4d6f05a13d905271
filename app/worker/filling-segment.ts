import { BucketTable } from '#core/rollup/bucket-table.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import { MOST_ROWS, type Segment, segmentsOf } from '#core/rollup/segment.ts';
import { FINEST_MS } from '#core/time/resolution.ts';

/** After this the segment is sealed whatever its size, so that little is rewritten, ms. */
const LONGEST_MS = 300_000;

/**
 * The segment that live buckets are appended to: stored again, longer, each time buckets close, and
 * sealed when it is long or large. It starts where the live data of this writer start, never in the
 * middle of what is stored.
 */
export class FillingSegment {
  readonly #epoch: string;
  #chunk: Chunk | null = null;

  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  /** @returns the segments to store: the appended one, or a new one where `chunk` does not follow */
  add(chunk: Chunk): Segment[] {
    const open = this.#chunk;
    const isAppended =
      open !== null &&
      open.toMs === chunk.fromMs &&
      chunk.toMs - open.fromMs <= LONGEST_MS &&
      open.rows.length + chunk.rows.length <= MOST_ROWS;
    this.#chunk = isAppended ? joined(open, chunk) : chunk;
    return segmentsOf(this.#chunk, this.#epoch, '5s');
  }
}

function joined(a: Chunk, b: Chunk): Chunk {
  const table = new BucketTable(FINEST_MS);
  table.addRows(a.rows);
  table.addRows(b.rows);
  return { fromMs: a.fromMs, toMs: b.toMs, rows: table.toRows() };
}
