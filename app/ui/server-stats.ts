import { useLiveQuery } from 'dexie-react-hooks';
import type { StatsWindow } from '#core/wire/stats.ts';
import type { StatsRow } from '#app/database/database.ts';
import { newestStats } from '#app/database/stats.ts';
import { pageDatabase } from './page-database.ts';

/** The newest sums of a window that the server gave and the cache keeps; null: none. */
export function useServerStats(window: StatsWindow): StatsRow | null {
  const row = useLiveQuery(
    // A cache that cannot be read has nothing to show; the badge of the storage tells why.
    () => pageDatabase && newestStats(pageDatabase, window).catch(() => null),
    [window],
  );
  return row ?? null;
}
