/** How old the newest complete data on screen is. */
export type Freshness = 'live' | 'late' | 'stale' | 'offline';

/** A closed bucket reaches the screen at most 5 s + poll interval + playout delay after its end. */
const LATE_AFTER_MS = 20_000;
const STALE_AFTER_MS = 60_000;
/** The estimate of the server's clock is late by as much as a reply took to arrive. */
const CLOCK_ERROR_MS = 2_000;

/**
 * Age of the newest complete data, ms; null: it cannot be told, because this device's clock is before it.
 * @param asOfMs end of the newest complete bucket, server time
 * @param serverNowMs estimate of the server's clock
 */
export function ageOf(asOfMs: number, serverNowMs: number): number | null {
  const ageMs = serverNowMs - asOfMs;
  return ageMs < -CLOCK_ERROR_MS ? null : Math.max(0, ageMs);
}

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
  const ageMs = asOfMs === null ? null : ageOf(asOfMs, serverNowMs);
  if (ageMs === null) return 'stale';
  if (ageMs < LATE_AFTER_MS) return 'live';
  return ageMs < STALE_AFTER_MS ? 'late' : 'stale';
}
