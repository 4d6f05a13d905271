import type { StatsWindow } from '#core/wire/stats.ts';
import type { BurnrateDatabase, StatsRow } from './database.ts';

/** The newest sums of a window that the server gave, whatever its data set; undefined: none are cached. */
export async function newestStats(
  database: BurnrateDatabase,
  window: StatsWindow,
): Promise<StatsRow | undefined> {
  const rows = await database.stats.filter((row) => row.window === window).toArray();
  return rows.sort((a, b) => b.heardAtMs - a.heardAtMs)[0];
}
