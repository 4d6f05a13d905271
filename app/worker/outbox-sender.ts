import {
  type OutboxCommand,
  type OutboxSignal,
  type OutboxState,
  stepOutbox,
} from '#core/outbox/step-outbox.ts';
import { type OutboxAnswer, type Verdict, verdictOf } from '#core/outbox/verdict.ts';
import { type AckReply, parseAckReply } from '#core/wire/anomalies.ts';
import { ROUTES } from '#core/wire/routes.ts';
import type { Outgoing } from '#app/database/ledger.ts';
import type { Cancel, Environment } from './environment.ts';
import type { LedgerStore } from './ledger-store.ts';
import { type Answer, ask } from './transport.ts';

/** After this long the outbox is watched anew when its watch has ended, ms. */
const WATCH_AGAIN_MS = 5_000;

/**
 * Sends what the user decided, as the outbox's machine says. What is to be sent is read from the disk each time: any
 * tab may write it, and who sends it may die at any moment. Several who send at once change nothing either, as a
 * decision counts once.
 */
export class OutboxSender {
  readonly #environment: Environment;
  readonly #store: LedgerStore;
  readonly #closed = new AbortController();
  #state: OutboxState = { kind: 'idle' };
  #outgoing: Outgoing | null = null;
  #cancelWake: Cancel = () => undefined;

  constructor(environment: Environment, store: LedgerStore) {
    this.#environment = environment;
    this.#store = store;
    void this.#watch();
  }

  /** The server is heard again, or the user is impatient. */
  retryNow(): void {
    this.#signal({ kind: 'retry-now' });
  }

  /** Callable twice. */
  close(): void {
    this.#closed.abort();
    this.#cancelWake();
  }

  async #watch(): Promise<void> {
    const watchAgain = () => {
      this.#environment.after(WATCH_AGAIN_MS, () => {
        if (!this.#closed.signal.aborted) void this.#watch();
      });
    };
    const onChange = () => this.#signal({ kind: 'changed' });
    const stop = await this.#store.watchOutbox(onChange, watchAgain);
    if (this.#closed.signal.aborted) stop();
    this.#closed.signal.addEventListener('abort', stop, { once: true });
  }

  #signal(signal: OutboxSignal): void {
    if (this.#closed.signal.aborted) return;
    const nowMs = this.#environment.steadyNow();
    const context = { nowMs, random: this.#environment.random() };
    const { state, command } = stepOutbox(this.#state, signal, context);
    this.#state = state;
    if (!command) return;
    this.#cancelWake();
    if (command.kind === 'wake-at') {
      const wake = () => this.#signal({ kind: 'wake' });
      this.#cancelWake = this.#environment.after(command.atMs - nowMs, wake);
      return;
    }
    void this.#do(command);
  }

  async #do(command: Exclude<OutboxCommand, { kind: 'wake-at' }>): Promise<void> {
    try {
      this.#signal(await this.#outcomeOf(command));
    } catch {
      // What the disk is not able to do now, it may be later; metrics go on meanwhile.
      this.#signal({ kind: 'storage-failure' });
    }
  }

  async #outcomeOf(command: Exclude<OutboxCommand, { kind: 'wake-at' }>): Promise<OutboxSignal> {
    switch (command.kind) {
      case 'look':
        this.#outgoing = await this.#store.nextOutgoing();
        return { kind: 'head', row: this.#outgoing?.row ?? null };
      case 'send':
        return { kind: 'verdict', verdict: await this.#send(command.row) };
      case 'settle': {
        const { verdict } = command;
        if (this.#outgoing) await this.#store.settle(this.#outgoing, verdict);
        return { kind: 'settled' };
      }
    }
  }

  async #send(row: Outgoing['row']): Promise<Verdict> {
    const path = ROUTES.ack.replace(':id', encodeURIComponent(row.incidentId));
    const { signal } = this.#closed;
    const body = JSON.stringify(row.request);
    const answer = await ask(this.#environment, path, parseAckReply, signal, body);
    return verdictOf(row, answerOf(answer));
  }
}

function answerOf(answer: Answer<AckReply>): OutboxAnswer {
  if (answer.ok) return { kind: 'reply', reply: answer.value };
  const { refusal, retryAfterMs = 0 } = answer;
  return refusal
    ? { kind: 'refusal', ...refusal, retryAfterMs }
    : { kind: 'failure', retryAfterMs };
}
