import {
  type Connection,
  type ConnectionSignal,
  type ConnectionState,
  stepConnection,
  UNCONNECTED,
} from '#core/live/connection.ts';
import { withoutNews } from '#core/live/ledger-news.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { LedgerMark, LedgerNews } from '#core/wire/anomalies.ts';
import { type MetricsReply, parseMetricsReply } from '#core/wire/metrics.ts';
import type { Parsed } from '#core/wire/parsed.ts';
import { ROUTES } from '#core/wire/routes.ts';
import type { StreamEvent } from '#core/wire/stream.ts';
import type { Cache } from './cache.ts';
import type { Cancel, Environment } from './environment.ts';
import { Intake } from './intake.ts';
import type { LedgerSync } from './ledger-sync.ts';
import { Stream } from './stream.ts';
import { ask } from './transport.ts';

/** What was missed longer ago than this comes from history: that is a tenth of the bytes. */
const LEAST_RAW_MS = 10_000;

export interface FeedDeps {
  readonly environment: Environment;
  readonly cache: Cache;
  readonly settings: LiveSettings;
  /** Where news of incidents go; null: they are not kept. */
  readonly ledger: Pick<LedgerSync, 'mark' | 'hello' | 'news'> | null;
  /**
   * The server was heard, and all that it said was taken in.
   * @param serverTimeMs its clock, epoch ms; null: this told nothing of it
   */
  onHeard(serverTimeMs: number | null): void;
  onState(state: ConnectionState): void;
  onStorageFailure(error: unknown): void;
}

/**
 * Live data of the leader: asks or streams as the connection machine says, and brings what comes into
 * the cache. One question or stream is under way at a time; what an older one brings does not count.
 */
export class Feed {
  readonly #deps: FeedDeps;
  readonly #intake: Intake;
  #settings: LiveSettings;
  #connection: Connection = UNCONNECTED;
  #cancelWake: Cancel = () => undefined;
  #current = new AbortController();
  /** Of the server at the other end of the stream. */
  #streamEpoch = '';
  #isClosed = false;

  constructor(deps: FeedDeps) {
    this.#deps = deps;
    this.#settings = deps.settings;
    this.#intake = new Intake(deps.cache);
  }

  /** The newest tick in which anything was used, server time, epoch ms; null: nothing was delivered yet. */
  get lastUsedMs(): number | null {
    return this.#intake.lastUsedMs;
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** Another interval counts from the next poll on; another transport at once. */
  configure(settings: LiveSettings): void {
    const isReconnecting =
      settings.transport !== this.#settings.transport && this.state.kind !== 'paused';
    this.#settings = settings;
    if (isReconnecting) this.signal({ kind: 'start' });
  }

  signal(signal: ConnectionSignal): void {
    if (this.#isClosed) return;
    const { environment } = this.#deps;
    const nowMs = environment.steadyNow();
    const { intervalMs, transport } = this.#settings;
    const context = { nowMs, random: environment.random(), intervalMs, transport };
    const { connection, command } = stepConnection(this.#connection, signal, context);
    const isChanged = connection.state !== this.state;
    this.#connection = connection;
    if (isChanged) this.#deps.onState(connection.state);
    if (!command) return;
    this.#cancelWake();
    this.#current.abort();
    this.#current = new AbortController();
    if (command.kind === 'ask') void this.#ask(this.#current.signal);
    if (command.kind === 'open-stream') this.#stream(this.#current.signal);
    if (command.kind === 'wake-at') {
      const wake = () => this.signal({ kind: 'wake' });
      this.#cancelWake = environment.after(command.atMs - nowMs, wake);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelWake();
    this.#current.abort();
  }

  async #ask(ended: AbortSignal): Promise<void> {
    const path = this.#path(ROUTES.metrics) + ledgerQuery(this.#deps.ledger?.mark ?? null);
    const answer = await ask(this.#deps.environment, path, parsePoll, ended);
    if (ended.aborted) return;
    if (!answer.ok) return this.signal({ ...answer, kind: 'failure' });
    const { reply, news } = answer.value;
    const isTaken = await this.#take(reply, ended);
    if (isTaken === null) return;
    this.#deps.onHeard(answer.serverTimeMs);
    if (news) this.#deps.ledger?.news(reply.epoch, news);
    this.signal({ kind: 'reply', nextPollAfterMs: isTaken ? reply.nextPollAfter : 0 });
  }

  #stream(ended: AbortSignal): void {
    const stream = new Stream(this.#deps.environment, this.#path(ROUTES.stream), {
      onEvent: (event) => this.#hear(event, ended),
      onFailure: (failure) => {
        if (!ended.aborted) this.signal({ kind: 'stream-failure', ...failure });
      },
    });
    ended.addEventListener('abort', () => stream.close(), { once: true });
  }

  async #hear(event: StreamEvent, ended: AbortSignal): Promise<void> {
    if (ended.aborted) return;
    switch (event.name) {
      case 'hello': {
        const { epoch, serverTime, ledger } = event.data;
        this.signal({ kind: 'hello' });
        this.#deps.onHeard(serverTime);
        this.#streamEpoch = epoch;
        this.#deps.ledger?.hello(epoch, ledger ?? null);
        return;
      }
      case 'heartbeat':
        return this.#deps.onHeard(event.data.serverTime);
      case 'anomalies':
      case 'acks':
        return this.#deps.ledger?.news(this.#streamEpoch, event.data);
      case 'metrics': {
        const isTaken = await this.#take(event.data, ended);
        if (isTaken === true) this.#deps.onHeard(null);
        if (isTaken === false) this.signal({ kind: 'resync' });
      }
    }
  }

  /** @returns whether the reply was taken in whole; null: it does not count any more */
  async #take(reply: MetricsReply, ended: AbortSignal): Promise<boolean | null> {
    try {
      const isTaken = await this.#intake.take(reply);
      return ended.aborted ? null : isTaken;
    } catch (error) {
      if (!this.#isClosed) this.#deps.onStorageFailure(error);
      return null;
    }
  }

  #path(route: string): string {
    const { sinceMs } = this.#intake;
    const rawMs = Math.max(LEAST_RAW_MS, 2 * this.#settings.intervalMs);
    if (sinceMs === null) return `${route}?rawMs=${rawMs}`;
    return `${route}?since=${sinceMs}&revision=${this.#deps.cache.revision}&rawMs=${rawMs}`;
  }
}

/** What a poll was answered with; news of incidents that cannot be read are none. */
function parsePoll(body: unknown): Parsed<{ reply: MetricsReply; news: LedgerNews | null }> {
  const parts = withoutNews(body);
  const reply = parseMetricsReply(parts.body);
  if (!reply.ok) return reply;
  return { ok: true, value: { reply: reply.value, news: parts.news.ok ? parts.news.value : null } };
}

/** Tells the server how far incidents are known, so that it says what is new. */
function ledgerQuery(mark: LedgerMark | null): string {
  return mark ? `&ledger=${encodeURIComponent(mark.id)}&ledgerRevision=${mark.revision}` : '';
}
