import { waitAfter } from '#core/live/connection.ts';
import {
  type LedgerChanges,
  type LedgerCursor,
  planNews,
  planReply,
} from '#core/live/ledger-news.ts';
import { type LedgerMark, type LedgerNews, parseAnomaliesReply } from '#core/wire/anomalies.ts';
import { ROUTES } from '#core/wire/routes.ts';
import type { Cancel, Environment } from './environment.ts';
import type { LedgerStore } from './ledger-store.ts';
import { ask } from './transport.ts';

/** How often incidents are asked for while nobody looks and notifications are on, ms. */
const UNWATCHED_EVERY_MS = 30_000;

/** What of a page became: it was stored, what is here does not count any more, or it failed. */
type Turn = 'on' | 'done' | { readonly retryAfterMs: number } | 'never';

/**
 * Keeps incidents and decisions the same as the server's ledger. Takes the news that a connection brings when they
 * continue what is here, and asks for what is missing when they do not. One step at a time, each stored before the next.
 */
export class LedgerSync {
  readonly #environment: Environment;
  readonly #store: LedgerStore;
  readonly #closed = new AbortController();
  #lane: Promise<unknown> = Promise.resolve();
  /** Undefined: not read from the disk yet, or not to be trusted. */
  #cursor: LedgerCursor | null | undefined;
  #isAskWanted = false;
  /** Everything has to be asked for: what is here is of something else. */
  #isBeginning = false;
  #failures = 0;
  #isConnected = false;
  #cancelRetry: Cancel | null = null;
  #cancelUnwatched: Cancel | null = null;

  constructor(environment: Environment, store: LedgerStore) {
    this.#environment = environment;
    this.#store = store;
    void this.#inLane(async () => {
      await this.#known();
    });
  }

  /** How far this has come; null: nothing is known. */
  get mark(): LedgerMark | null {
    return this.#cursor ? { id: this.#cursor.ledger, revision: this.#cursor.revision } : null;
  }

  /** @param mark where the server's ledger is; null: it is not open yet, and news will tell when it is */
  hello(epoch: string, mark: LedgerMark | null): void {
    this.#failures = 0;
    this.#dropRetry();
    if (!mark) return;
    this.#hear(epoch, { ledger: { ...mark, since: mark.revision }, anomalies: [], acks: [] });
  }

  news(epoch: string, news: LedgerNews): void {
    this.#hear(epoch, news);
  }

  /** While there is no connection nothing is asked; the next one says whether there is something to ask. */
  connectionChanged(isConnected: boolean): void {
    this.#isConnected = isConnected;
    if (!isConnected) this.#dropRetry();
  }

  /** Nobody looks, and what happens shall be told all the same. */
  setUnwatched(isUnwatched: boolean): void {
    if (isUnwatched === (this.#cancelUnwatched !== null)) return;
    this.#cancelUnwatched?.();
    this.#cancelUnwatched = null;
    if (isUnwatched) this.#askEveryNowAndThen();
  }

  /** What is stored was changed by others, or cleared. */
  storeChanged(): void {
    void this.#inLane(async () => {
      const before = this.#cursor;
      this.#cursor = undefined;
      const now = await this.#known();
      if (before && !now && this.#isConnected) this.#ask();
    });
  }

  /** Callable twice. */
  close(): void {
    this.#closed.abort();
    this.#dropRetry();
    this.setUnwatched(false);
  }

  #hear(epoch: string, news: LedgerNews): void {
    void this.#inLane(async () => {
      const cursor = await this.#known();
      const plan = planNews(cursor, epoch, news);
      if (plan === 'nothing') return;
      const isTaken = plan !== 'ask' && (await this.#take(cursor, plan.take));
      if (!isTaken && !this.#cancelRetry) this.#ask();
    });
  }

  /** Asks in its turn, once for all who want it. */
  #ask(): void {
    this.#dropRetry();
    if (this.#isAskWanted) return;
    this.#isAskWanted = true;
    void this.#inLane(async () => {
      this.#isAskWanted = false;
      let turn: Turn;
      do turn = await this.#askPage();
      while (turn === 'on');
      if (turn === 'done') this.#failures = 0;
      else if (turn !== 'never') this.#retryLater(turn.retryAfterMs);
    });
  }

  async #askPage(): Promise<Turn> {
    const cursor = await this.#known();
    const since = this.#isBeginning ? 0 : (cursor?.revision ?? 0);
    const path = `${ROUTES.anomalies}?sinceRevision=${since}`;
    const answer = await ask(this.#environment, path, parseAnomaliesReply, this.#closed.signal);
    if (this.#closed.signal.aborted) return 'never';
    if (!answer.ok) {
      // A server of before has no incidents.
      if (answer.refusal?.status === 404) return 'never';
      return { retryAfterMs: answer.retryAfterMs ?? 0 };
    }
    const plan = planReply(cursor, since, answer.value);
    if (!plan) return { retryAfterMs: 0 };
    this.#isBeginning = plan === 'begin-anew';
    if (plan === 'begin-anew') return 'on';
    const isTaken = await this.#take(cursor, plan);
    return isTaken && !answer.value.hasMore ? 'done' : 'on';
  }

  /** @returns false: another writer was there first, and what is stored has to be looked at anew */
  async #take(cursor: LedgerCursor | null, changes: LedgerChanges): Promise<boolean> {
    const isTaken = await this.#store.take(cursor, changes);
    this.#cursor = isTaken ? changes.next : undefined;
    return isTaken;
  }

  async #known(): Promise<LedgerCursor | null> {
    this.#cursor ??= await this.#store.cursor();
    return this.#cursor;
  }

  #retryLater(retryAfterMs: number): void {
    this.#dropRetry();
    // While nobody looks there is a rhythm already; without a connection the next hello is the sign.
    if (!this.#isConnected || this.#closed.signal.aborted) return;
    this.#failures++;
    const waitMs = waitAfter({ retryAfterMs }, this.#failures, this.#environment.random());
    this.#cancelRetry = this.#environment.after(waitMs, () => this.#ask());
  }

  #dropRetry(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  #askEveryNowAndThen(): void {
    this.#cancelUnwatched = this.#environment.after(UNWATCHED_EVERY_MS, () => {
      this.#ask();
      this.#askEveryNowAndThen();
    });
  }

  /** One after the other. A disk that fails, or is full, stops nothing but this: it is tried again later. */
  async #inLane(work: () => Promise<void>): Promise<void> {
    const turn = this.#lane.then(async () => {
      if (!this.#closed.signal.aborted) await work();
    });
    this.#lane = turn.catch(() => {
      this.#cursor = undefined;
      this.#retryLater(0);
    });
    await this.#lane;
  }
}
