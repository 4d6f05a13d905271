import type { BurnrateDatabase } from '#app/database/database.ts';
import { storageFailureOf } from '#app/database/storage-failure.ts';

/** How often a dead handle is replaced before the operation is given up. */
const MOST_REOPENINGS = 3;

/** The one handle of a worker to its database, opened when it is first needed. */
export class DatabaseHandle {
  readonly #open: () => Promise<BurnrateDatabase>;
  #opened: Promise<BurnrateDatabase> | null = null;

  /** @param open makes a new handle; called again when one has died */
  constructor(open: () => Promise<BurnrateDatabase>) {
    this.#open = open;
  }

  /** Handles die of their own accord: such an operation is tried again on a new one. */
  async attempt<T>(operation: (db: BurnrateDatabase) => PromiseLike<T>): Promise<T> {
    for (let reopenings = 0; ; reopenings++) {
      try {
        this.#opened ??= this.#open();
        return await operation(await this.#opened);
      } catch (error) {
        if (storageFailureOf(error) !== 'closed' || reopenings === MOST_REOPENINGS) throw error;
        await this.#letGo();
      }
    }
  }

  async #letGo(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    // One that could not even be opened has nothing to close.
    const handle = await opened?.catch(() => null);
    handle?.close();
  }
}
