import { setTimeout as after } from 'node:timers/promises';

/** How often something is let through while the line is slow, ms. */
const STEP_MS = 20;
const PIECE_BYTES = 1_024;

/** A network line that all share who are connected by it: what one sends, the others wait for. */
export class Line {
  /** 0: what is sent stays where it is, and the connections stay open. */
  bytesPerSecond = Number.POSITIVE_INFINITY;
  #queue: Promise<void> = Promise.resolve();
  /** What may go through in the present step. */
  #dueBytes = 0;

  /** Passes on what comes, no faster than the line is; it takes nothing that it cannot pass on. */
  async *pass(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
        const piece = chunk.subarray(at, at + PIECE_BYTES);
        this.#queue = this.#queue.then(() => this.#carry(piece.length));
        await this.#queue;
        yield piece;
      }
    }
  }

  async #carry(bytes: number): Promise<void> {
    while (this.#dueBytes < bytes && this.bytesPerSecond !== Number.POSITIVE_INFINITY) {
      await after(STEP_MS);
      this.#dueBytes += (this.bytesPerSecond * STEP_MS) / 1_000;
    }
    this.#dueBytes = Math.max(0, this.#dueBytes - bytes);
  }
}
