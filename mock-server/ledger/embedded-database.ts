import { Worker } from 'node:worker_threads';
import { type Database, DatabaseLost, type Query, inTransaction } from './database.ts';
import type { FromWorker, ToWorker, WorkerData } from './embedded-messages.ts';

/** Beyond what the slowest machine takes. */
const OPEN_TIMEOUT_MS = 120_000;
const ANSWER_TIMEOUT_MS = 120_000;
const OPENED = 0;
/** PGlite has no process of its own that clears away what was overwritten. */
const VACUUM_EVERY = 100;

interface Waiting {
  readonly resolve: (rows: readonly Record<string, unknown>[]) => void;
  readonly reject: (error: Error) => void;
}

export interface EmbeddedDatabase extends Database {
  /** Why the thread has ended by itself; never, if it was closed. */
  readonly lost: Promise<Error>;
}

/**
 * PGlite in a thread of its own, which makes the directory if there is none.
 * @param directory that no other process uses
 * @throws when the database cannot be opened; the thread has ended then
 */
export async function openEmbedded(directory: string): Promise<EmbeddedDatabase> {
  const thread = new Thread(directory);
  try {
    await thread.opened;
  } catch (error) {
    await thread.end();
    throw error;
  }
  // There is one connection: one transaction after the other.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  };
  let closing: Promise<void> | null = null;
  let transactions = 0;
  const vacuumNowAndThen = () => {
    transactions += 1;
    // Nobody waits for it, and what fails here fails where somebody does.
    if (transactions % VACUUM_EVERY === 0) inTurn(() => thread.query('VACUUM')).catch(() => {});
  };
  return {
    transaction: (work) =>
      inTurn(() => inTransaction(thread.query, work)).finally(vacuumNowAndThen),
    close: () => (closing ??= inTurn(() => thread.close())),
    lost: thread.lost,
  };
}

/** Questions to the thread, and its answers. */
class Thread {
  readonly opened: Promise<unknown>;
  readonly lost: Promise<Error>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = OPENED;
  /** Why it no longer answers. */
  #ended: Error | null = null;
  #isClosing = false;
  #onLost: (error: Error) => void = () => {};

  constructor(directory: string) {
    this.#worker = startWorker({ directory });
    this.lost = new Promise((resolve) => (this.#onLost = resolve));
    this.opened = new Promise((resolve, reject) => {
      const timeout = setTimeout(() => this.#fail('it did not open in time'), OPEN_TIMEOUT_MS);
      const settled = (settle: () => void) => {
        clearTimeout(timeout);
        settle();
      };
      this.#waiting.set(OPENED, {
        resolve: (rows) => settled(() => resolve(rows)),
        reject: (error) => settled(() => reject(error)),
      });
    });
    this.#worker.on('message', (message: FromWorker) => this.#take(message));
    this.#worker.on('error', (error) =>
      this.#fail(error instanceof Error ? error.message : String(error)),
    );
    this.#worker.on('exit', () => this.#fail('its thread has ended'));
  }

  readonly query: Query = (text, values = []) => this.#ask(text, values);

  /** Ends it in an orderly way if it still answers. */
  async close(): Promise<void> {
    this.#isClosing = true;
    try {
      if (!this.#ended) await this.#ask(null, []);
    } finally {
      await this.end();
    }
  }

  async end(): Promise<void> {
    this.#isClosing = true;
    await this.#worker.terminate();
  }

  #ask(text: string | null, values: readonly unknown[]) {
    if (this.#ended) return Promise.reject(this.#ended);
    const message: ToWorker = { id: ++this.#lastId, text, values };
    const timeout = setTimeout(() => {
      this.#fail('it does not answer');
      void this.#worker.terminate();
    }, ANSWER_TIMEOUT_MS);
    return new Promise<readonly Record<string, unknown>[]>((resolve, reject) => {
      this.#waiting.set(message.id, { resolve, reject });
      this.#worker.postMessage(message);
    }).finally(() => clearTimeout(timeout));
  }

  #take(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.ok) waiting?.resolve(message.rows);
    else waiting?.reject(new Error(message.message));
  }

  #fail(reason: string): void {
    this.#ended ??= new DatabaseLost(`the embedded database: ${reason}`);
    if (!this.#isClosing) this.#onLost(this.#ended);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** The build puts the thread's program beside the server's. */
function startWorker(workerData: WorkerData): Worker {
  const file = import.meta.url.endsWith('.ts') ? 'embedded-worker.js' : 'ledger-worker.js';
  // PGlite may write to standard output, which is for the address alone.
  return new Worker(new URL(file, import.meta.url), { workerData, stdout: true });
}
