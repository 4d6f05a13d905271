/** How old the newest complete data on screen is. */
export type Freshness = 'live' | 'late' | 'stale' | 'offline';

/** A closed bucket reaches the screen at most 5 s + poll interval + playout delay after its end. */
const LATE_AFTER_MS = 20_000;
const STALE_AFTER_MS = 60_000;

/**
 * @param asOfMs end of the newest complete bucket, server time; null: there is none
 * @param serverNowMs estimate of the server's clock
 * @param isOffline the connection has been down for 30 s or more
 */
export function freshnessOf(
  asOfMs: number | null,
  serverNowMs: number,
  isOffline: boolean,
): Freshness {
  if (isOffline) return 'offline';
  if (asOfMs === null) return 'stale';
  const ageMs = serverNowMs - asOfMs;
  if (ageMs < LATE_AFTER_MS) return 'live';
  return ageMs < STALE_AFTER_MS ? 'late' : 'stale';
}
