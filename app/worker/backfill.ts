import { retryDelayMs } from '#core/live/connection.ts';
import { nextHistoryPiece } from '#core/live/history-plan.ts';
import { rowsWithin } from '#core/rollup/chunk.ts';
import type { Interval } from '#core/time/intervals.ts';
import { type HistoryReply, parseHistoryReply, unpackHistory } from '#core/wire/history.ts';
import { ROUTES } from '#core/wire/routes.ts';
import type { Cache } from './cache.ts';
import type { Environment } from './environment.ts';
import { ask } from './transport.ts';

/**
 * Fills what is missing of the required coverage from history, newest first, piece by piece; each
 * piece is stored by itself, so that nothing is asked for twice, whatever happens in between.
 */
export class Backfill {
  readonly #environment: Environment;
  readonly #cache: Cache;
  readonly #closed = new AbortController();
  #isRunning = false;
  #failures = 0;
  #notBeforeMs = 0;

  constructor(environment: Environment, cache: Cache) {
    this.#environment = environment;
    this.#cache = cache;
  }

  /**
   * Starts filling, unless it is under way or has just failed. Called after each live reply, so that
   * history is asked for only while the server answers.
   * @throws what the storage throws
   */
  async run(): Promise<void> {
    if (this.#isRunning || this.#environment.steadyNow() < this.#notBeforeMs) return;
    this.#isRunning = true;
    try {
      while (await this.#fillOne());
    } finally {
      this.#isRunning = false;
    }
  }

  close(): void {
    this.#closed.abort();
  }

  /** @returns whether it is worth going on */
  async #fillOne(): Promise<boolean> {
    const { current, coveredToMs } = this.#cache;
    if (!current || coveredToMs === null || this.#closed.signal.aborted) return false;
    const piece = nextHistoryPiece(current.coverage, coveredToMs);
    if (!piece) return false;
    const path = `${ROUTES.history}?from=${piece.fromMs}&to=${piece.toMs}&resolution=5s`;
    const answer = await ask(this.#environment, path, parseHistoryReply, this.#closed.signal);
    if (!answer.ok || !isUseful(answer.value, current.epoch, piece)) return this.#giveUpForNow();
    this.#failures = 0;
    const got = { fromMs: piece.fromMs, toMs: Math.min(answer.value.completeTo, piece.toMs) };
    const rows = rowsWithin(unpackHistory(answer.value, current.series), got);
    await this.#cache.storeHistory(current, { ...got, rows });
    return true;
  }

  #giveUpForNow(): false {
    this.#failures++;
    const delayMs = retryDelayMs(this.#failures, this.#environment.random());
    this.#notBeforeMs = this.#environment.steadyNow() + delayMs;
    return false;
  }
}

function isUseful(reply: HistoryReply, epoch: string, piece: Interval): boolean {
  return reply.epoch === epoch && reply.from === piece.fromMs && reply.completeTo > reply.from;
}
