import { createStore } from 'zustand/vanilla';
import { type UsageChange, usageChange } from '#core/view/credits.ts';
import { BurnrateDatabase, openDatabase } from '#app/database/database.ts';
import { type KnownUsage, storedUsage, storeUsage } from '#app/database/usage.ts';
import type { UsageAnswer } from './ask-usage.ts';

export interface KeeperState {
  /** What the server said in this visit; null: nothing yet. */
  readonly heard: KnownUsage | null;
  /** What the last answer that was another one changed, and since when that is. */
  readonly change: (UsageChange & { readonly sinceMs: number }) | null;
  /** Why the last question had no answer that counts; null: it had one, or none was asked. */
  readonly failure: string | null;
  readonly isAsking: boolean;
  /** What was heard is stored too. */
  readonly isKept: boolean;
}

/** Asks for the usage when it is told to, and keeps what came: on the device, and for the page. */
export class UsageKeeper {
  readonly state = createStore<KeeperState>()(() => ({
    heard: null,
    change: null,
    failure: null,
    isAsking: false,
    isKept: true,
  }));
  readonly #ask: (known: KnownUsage | null) => Promise<UsageAnswer>;
  readonly #newDatabase: () => BurnrateDatabase;

  /** @param newDatabase a handle of its own for each use, which is seldom */
  constructor(
    ask: (known: KnownUsage | null) => Promise<UsageAnswer>,
    newDatabase = () => new BurnrateDatabase(),
  ) {
    this.#ask = ask;
    this.#newDatabase = newDatabase;
  }

  /** One question at a time: who comes meanwhile shares its answer. */
  async refresh(): Promise<void> {
    if (this.state.getState().isAsking) return;
    this.state.setState({ isAsking: true });
    const known = this.state.getState().heard ?? (await this.#stored());
    const answer = await this.#ask(known);
    // A bad answer changes nothing of what is shown.
    if (!answer.ok) return this.state.setState({ isAsking: false, failure: answer.reason });
    const heard = answer.value;
    const isKept = await this.#store(heard);
    this.state.setState({
      isAsking: false,
      failure: null,
      heard,
      isKept,
      ...(known && known.tag !== heard.tag && { change: changeOf(known, heard) }),
    });
  }

  #stored(): Promise<KnownUsage | null> {
    return this.#onDisk(storedUsage).catch(() => null);
  }

  /** @returns whether it is on the device now; without room or storage it is still here for this visit */
  #store(heard: KnownUsage): Promise<boolean> {
    return this.#onDisk((database) => storeUsage(database, heard)).then(
      () => true,
      () => false,
    );
  }

  /** @throws also where the database is of a newer build */
  async #onDisk<T>(work: (database: BurnrateDatabase) => Promise<T>): Promise<T> {
    const database = await openDatabase(this.#newDatabase());
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }
}

/** Null: another tag for the same. */
function changeOf(known: KnownUsage, heard: KnownUsage): KeeperState['change'] {
  const change = usageChange(known.usage, heard.usage);
  const isNone = change.added + change.changed + change.gone === 0;
  return isNone ? null : { ...change, sinceMs: known.heardAtMs };
}
