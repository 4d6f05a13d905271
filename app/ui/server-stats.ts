import { useLiveQuery } from 'dexie-react-hooks';
import type { StatsWindow } from '#core/wire/stats.ts';
import { BurnrateDatabase, type StatsRow } from '#app/database/database.ts';
import { newestStats } from '#app/database/stats.ts';

/** Null where the browser has no storage: the worker says so. */
const database = 'indexedDB' in globalThis ? new BurnrateDatabase() : null;

/** The newest sums of a window that the server gave and the cache keeps; null: none. */
export function useServerStats(window: StatsWindow): StatsRow | null {
  const row = useLiveQuery(
    // A cache that cannot be read has nothing to show; the badge of the storage tells why.
    () => database && newestStats(database, window).catch(() => null),
    [window],
  );
  return row ?? null;
}
