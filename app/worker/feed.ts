import {
  type ConnectionSignal,
  type ConnectionState,
  stepConnection,
} from '#core/live/connection.ts';
import { Ingest } from '#core/live/ingest.ts';
import type { Interval } from '#core/time/intervals.ts';
import { type MetricsReply, parseMetricsReply } from '#core/wire/metrics.ts';
import { ROUTES } from '#core/wire/routes.ts';
import type { Cache } from './cache.ts';
import type { Cancel, Environment } from './environment.ts';
import { ask } from './transport.ts';

export interface FeedDeps {
  readonly environment: Environment;
  readonly cache: Cache;
  /** The user's polling interval, ms. */
  readonly intervalMs: number;
  /** A valid reply came, carrying the server's clock (epoch ms), and all of it was taken in. */
  onHeard(serverTimeMs: number): void;
  onState(state: ConnectionState): void;
  onStorageFailure(error: unknown): void;
}

/**
 * Live data of the leader: asks what the connection machine says, and brings what comes into the cache.
 * One question is under way at a time; an answer to an older one does not count.
 */
export class Feed {
  readonly #deps: FeedDeps;
  #state: ConnectionState = { kind: 'connecting' };
  #ingest: Ingest | null = null;
  #cancelWake: Cancel = () => undefined;
  #question = new AbortController();
  #isClosed = false;

  constructor(deps: FeedDeps) {
    this.#deps = deps;
  }

  /** Inclusive, server time: everything up to here was delivered; null: nothing was. */
  get watermarkMs(): number | null {
    return this.#ingest?.watermarkMs ?? null;
  }

  signal(signal: ConnectionSignal): void {
    if (this.#isClosed) return;
    const { environment, intervalMs } = this.#deps;
    const now = environment.steadyNow();
    const step = stepConnection(this.#state, signal, now, environment.random(), intervalMs);
    if (step.state !== this.#state) {
      this.#state = step.state;
      this.#deps.onState(step.state);
    }
    if (!step.command) return;
    this.#cancelWake();
    this.#question.abort();
    if (step.command.kind === 'ask') void this.#ask();
    if (step.command.kind === 'wake-at') {
      this.#cancelWake = environment.after(step.command.atMs - now, () =>
        this.signal({ kind: 'wake' }),
      );
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelWake();
    this.#question.abort();
  }

  async #ask(): Promise<void> {
    const question = new AbortController();
    this.#question = question;
    const { environment, onHeard, onStorageFailure } = this.#deps;
    const answer = await ask(environment, this.#path(), parseMetricsReply, question.signal);
    if (question.signal.aborted) return;
    if (!answer.ok) {
      this.signal({ ...answer, kind: 'failure' });
      return;
    }
    try {
      const isTaken = await this.#take(answer.value);
      if (question.signal.aborted) return;
      onHeard(answer.serverTimeMs);
      const { nextPollAfter } = answer.value;
      this.signal({ kind: 'reply', nextPollAfterMs: isTaken ? nextPollAfter : 0 });
    } catch (error) {
      if (!this.#isClosed) onStorageFailure(error);
    }
  }

  #path(): string {
    const { cache } = this.#deps;
    // After a reload of the cache, and at the start, memory is what the cache says.
    if (!this.#ingest && cache.current) {
      this.#ingest = new Ingest(cache.current.series, cache.coveredToMs);
    }
    const sinceMs = this.watermarkMs;
    if (sinceMs === null) return ROUTES.metrics;
    return `${ROUTES.metrics}?since=${sinceMs}&revision=${cache.revision}`;
  }

  /** @returns false when the reply does not continue what is here: one must ask again at once */
  async #take(reply: MetricsReply): Promise<boolean> {
    const { cache } = this.#deps;
    if (reply.epoch !== cache.current?.epoch) {
      const isContinuing = this.watermarkMs !== null;
      cache.beginEpoch(reply.epoch);
      this.#ingest = null;
      if (isContinuing) return false;
    }
    const { current } = cache;
    if (!current) return false;
    if (reply.revised && reply.revision > cache.revision) {
      await cache.revoke(reply.revised.map(intervalOf), reply.revision);
      this.#ingest = null;
      return false;
    }
    const ingest = (this.#ingest ??= new Ingest(current.series, cache.coveredToMs));
    ingest.accept(reply);
    const closed = ingest.closed();
    if (!closed) return true;
    if (!(await cache.storeLive(current, closed, reply.revision))) {
      this.#ingest = null;
      return false;
    }
    ingest.forgetBefore(closed.coveredToMs);
    return true;
  }
}

function intervalOf(span: { from: number; to: number }): Interval {
  return { fromMs: span.from, toMs: span.to };
}
