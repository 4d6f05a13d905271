import { liveQuery } from 'dexie';
import type { LedgerChanges, LedgerCursor } from '#core/live/ledger-news.ts';
import type { FinalVerdict } from '#core/outbox/verdict.ts';
import {
  ledgerCursor,
  nextOutgoing,
  type Outgoing,
  settle,
  settleOnFullDisk,
  takeChanges,
} from '#app/database/ledger.ts';
import { storageFailureOf } from '#app/database/storage-failure.ts';
import type { DatabaseHandle } from './database-handle.ts';
import type { Cancel } from './environment.ts';

/** Incidents, decisions and the outbox on the disk. Every method is atomic, and may reject when the storage fails. */
export class LedgerStore {
  readonly #handle: DatabaseHandle;

  constructor(handle: DatabaseHandle) {
    this.#handle = handle;
  }

  cursor(): Promise<LedgerCursor | null> {
    return this.#handle.attempt(ledgerCursor);
  }

  /** @returns false: somebody else wrote since, and nothing was changed */
  take(expected: LedgerCursor | null, changes: LedgerChanges): Promise<boolean> {
    return this.#handle.attempt((db) => takeChanges(db, expected, changes));
  }

  nextOutgoing(): Promise<Outgoing | null> {
    return this.#handle.attempt(nextOutgoing);
  }

  async settle(outgoing: Outgoing, verdict: FinalVerdict): Promise<void> {
    try {
      await this.#handle.attempt((db) => settle(db, outgoing, verdict));
    } catch (error) {
      if (storageFailureOf(error) !== 'full') throw error;
      const isDone = await this.#handle.attempt((db) => settleOnFullDisk(db, outgoing, verdict));
      if (!isDone) throw error;
    }
  }

  /**
   * Tells whenever decisions were made or settled, by any tab, and once at the beginning.
   * @param onEnd the handle died, or never lived: nothing will be told any more
   */
  async watchOutbox(onChange: () => void, onEnd: () => void): Promise<Cancel> {
    try {
      return await this.#handle.attempt(async (db) => {
        const watch = liveQuery(() => db.outbox.count()).subscribe(onChange, onEnd);
        return () => watch.unsubscribe();
      });
    } catch {
      onEnd();
      return () => undefined;
    }
  }
}
