import { useLiveQuery } from 'dexie-react-hooks';
import { createContext, use } from 'react';
import type { StatsWindow } from '#core/wire/stats.ts';
import type { BurnrateDatabase, StatsRow } from '#app/database/database.ts';
import { newestStats } from '#app/database/stats.ts';

/** The browser's cache; null: it cannot be read here. */
export const DatabaseContext = createContext<BurnrateDatabase | null>(null);

/** The newest sums of a window that the server gave and the cache keeps; null: none. */
export function useServerStats(window: StatsWindow): StatsRow | null {
  const database = use(DatabaseContext);
  const row = useLiveQuery(
    // A cache that cannot be read has nothing to show; the badge of the storage tells why.
    () => database && newestStats(database, window).catch(() => null),
    [database, window],
  );
  return row ?? null;
}
