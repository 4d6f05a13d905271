import { retryDelayMs } from '#core/live/connection.ts';
import {
  comparedWith,
  missingBuckets,
  nextHistoryPiece,
  requiredAt,
  withWanted,
  type Stretch,
} from '#core/live/history-plan.ts';
import { rowsWithin } from '#core/rollup/chunk.ts';
import { RESOLUTION_MS, type Resolution } from '#core/time/resolution.ts';
import { type HistoryPage, parseHistoryReply, unpackHistory } from '#core/wire/history.ts';
import { ROUTES } from '#core/wire/routes.ts';
import type { CatchUp } from '#app/protocol/messages.ts';
import type { Cache } from './cache.ts';
import type { DataSet } from './data-set.ts';
import type { Environment } from './environment.ts';
import { ask } from './transport.ts';

/**
 * Makes the cache complete for what is required: adds up what is there in finer buckets, and asks
 * history for the rest, newest first, piece by piece. Each piece is stored by itself, so that nothing
 * is asked for twice, whatever happens in between.
 */
export class Backfill {
  readonly #environment: Environment;
  readonly #cache: Cache;
  readonly #onProgress: (progress: CatchUp | null) => void;
  readonly #closed = new AbortController();
  readonly #rowsPerBucket = new Map<Resolution, number>();
  #isRunning = false;
  #scope: 'all' | 'screen' = 'all';
  /** What tabs look at beside that, newest wish first. */
  #wanted: readonly Stretch[] = [];
  #failures = 0;
  #notBeforeMs = 0;
  #gotBuckets = 0;
  #gotBytes = 0;

  constructor(
    environment: Environment,
    cache: Cache,
    onProgress: (progress: CatchUp | null) => void,
  ) {
    this.#environment = environment;
    this.#cache = cache;
    this.#onProgress = onProgress;
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

  /** @param scope 'screen': the user has other use for the network */
  limitTo(scope: 'all' | 'screen'): void {
    this.#scope = scope;
    this.#report();
  }

  /** @param stretch what a user looks at: it comes before what is fetched for later */
  want(stretch: Stretch): void {
    const others = this.#wanted.filter((one) => one.resolution !== stretch.resolution);
    this.#wanted = [stretch, ...others];
  }

  close(): void {
    this.#closed.abort();
  }

  /** @returns whether it is worth going on */
  async #fillOne(): Promise<boolean> {
    while (!this.#closed.signal.aborted && (await this.#cache.rollUpNext()));
    const { current } = this.#cache;
    if (!current || this.#closed.signal.aborted) return false;
    const rowsPerBucket = (resolution: Resolution) => this.#rowsPerBucket.get(resolution) ?? null;
    const required = this.#required(this.#scope);
    const piece = nextHistoryPiece(current.coverage, required, rowsPerBucket);
    this.#report();
    return piece !== null && this.#fetch(current, piece);
  }

  async #fetch(set: DataSet, piece: Stretch): Promise<boolean> {
    const { fromMs, toMs, resolution } = piece;
    const path = `${ROUTES.history}?from=${fromMs}&to=${toMs}&resolution=${resolution}`;
    const answer = await ask(this.#environment, path, parseHistoryReply, this.#closed.signal);
    if (!answer.ok || !isUseful(answer.value, set.epoch, piece)) return this.#giveUpForNow();
    this.#failures = 0;
    const reply = answer.value;
    const got = { fromMs, toMs: Math.min(reply.completeTo, toMs) };
    const rows = rowsWithin(unpackHistory(reply, set.series), got);
    const buckets = (got.toMs - got.fromMs) / RESOLUTION_MS[resolution];
    this.#rowsPerBucket.set(resolution, rows.length / buckets);
    const chunk = { ...got, rows };
    const bytes = await this.#cache.storeHistory(set, resolution, chunk, reply.revision);
    this.#gotBuckets += bytes === null ? 0 : buckets;
    this.#gotBytes += bytes ?? 0;
    return true;
  }

  #required(scope: 'all' | 'screen'): readonly Stretch[] {
    const { coveredToMs, writer } = this.#cache;
    if (coveredToMs === null) return [];
    const newest = { toMs: coveredToMs, keptFrom: writer.keptFrom };
    const required = requiredAt(coveredToMs, writer.keptFrom, scope);
    const compared = scope === 'all' ? comparedWith(this.#wanted, coveredToMs) : [];
    // Last of all, so that nobody waits for it.
    return [...withWanted(required, this.#wanted, newest), ...withWanted([], compared, newest)];
  }

  #report(): void {
    const { current } = this.#cache;
    const missing = current ? missingBuckets(current.coverage, this.#required('all')) : 0;
    if (missing === 0) {
      this.#gotBuckets = 0;
      this.#gotBytes = 0;
      this.#onProgress(null);
      return;
    }
    const gotBytes = this.#gotBytes;
    const share = this.#gotBuckets / (this.#gotBuckets + missing);
    const expectedBytes = share === 0 ? null : gotBytes / share;
    const isCancelled = this.#scope === 'screen';
    this.#onProgress({ isCancelled, share, gotBytes, expectedBytes });
  }

  #giveUpForNow(): false {
    this.#failures++;
    const delayMs = retryDelayMs(this.#failures, this.#environment.random());
    this.#notBeforeMs = this.#environment.steadyNow() + delayMs;
    return false;
  }
}

function isUseful(reply: HistoryPage, epoch: string, piece: Stretch): boolean {
  const isAsked = reply.epoch === epoch && reply.resolution === piece.resolution;
  return isAsked && reply.from === piece.fromMs && reply.completeTo > reply.from;
}
