interface Waiting {
  run: () => void;
}

/** Exclusive, queued locks within one process, as the Web Locks API has them. */
export class FakeLocks {
  readonly #queues = new Map<string, Waiting[]>();

  /** Runs `hold` when its turn comes; aborting `signal` gives up the place, or the lock. */
  async hold(name: string, signal: AbortSignal, hold: () => Promise<void>): Promise<void> {
    if (signal.aborted) return;
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    const given = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const waiting: Waiting = { run: () => undefined };
    const turn = new Promise<void>((resolve) => {
      waiting.run = resolve;
      queue.push(waiting);
      if (queue.length === 1) resolve();
    });
    await Promise.race([turn, given]);
    if (!signal.aborted) await Promise.race([hold(), given]);
    this.#leave(queue, waiting);
  }

  /** How many locks whose names begin so are held. */
  count(prefix: string): number {
    const held = [...this.#queues].filter(
      ([name, queue]) => name.startsWith(prefix) && queue.length > 0,
    );
    return held.length;
  }

  #leave(queue: Waiting[], waiting: Waiting): void {
    const place = queue.indexOf(waiting);
    queue.splice(place, 1);
    if (place === 0) queue[0]?.run();
  }
}
