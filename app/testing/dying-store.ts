import type { DBCore, DBCoreTable } from 'dexie';
import { BurnrateDatabase, openDatabase } from '#app/database/database.ts';
import { DexieSegmentStore } from '#app/worker/dexie-segment-store.ts';

/** The transactions in which incidents and decisions are written. */
export type LedgerTransaction = 'taking' | 'settling';

/**
 * A store whose owner dies in the middle of a transaction, before its `nth` operation counted over all transactions of
 * that kind; nothing of that transaction is kept, and nothing more is done.
 */
export function dyingStore(disk: string, kind: LedgerTransaction, nth: number, die: () => void) {
  let operations = 0;
  let isDead = false;
  const isCounted = (trans: object) => {
    const { objectStoreNames } = trans as IDBTransaction; // what Dexie hands through on IndexedDB
    if (!objectStoreNames.contains('notices')) return false;
    return objectStoreNames.contains('anomalies') === (kind === 'taking');
  };
  const step = (trans: object) => {
    if (isCounted(trans) && ++operations === nth) {
      isDead = true;
      die();
    }
    return isDead ? Promise.reject(new Error('the worker died')) : null;
  };
  const dying = (table: DBCoreTable): DBCoreTable => ({
    ...table,
    get: (request) => step(request.trans) ?? table.get(request),
    query: (request) => step(request.trans) ?? table.query(request),
    count: (request) => step(request.trans) ?? table.count(request),
    mutate: (request) => step(request.trans) ?? table.mutate(request),
  });
  const store = new DexieSegmentStore(() => {
    const database = new BurnrateDatabase(disk);
    database.use({
      stack: 'dbcore',
      create: (core: DBCore) => ({ ...core, table: (name) => dying(core.table(name)) }),
    });
    return openDatabase(database);
  });
  return { store, hasDied: () => isDead };
}
