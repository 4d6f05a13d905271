/** How live data arrives. */
export type Transport = 'streaming' | 'polling';

/** What the user wants of it. */
export type TransportChoice = 'automatic' | Transport;

/** Polling intervals that can be chosen, ms. */
export const POLL_INTERVALS_MS = [1_000, 2_000, 5_000, 10_000] as const;

/** Room for cached metrics that can be chosen, bytes. */
export const CACHE_LIMITS_BYTES = [50_000_000, 200_000_000, 1_000_000_000] as const;

/** What the user has chosen about live data; one choice for all tabs of a browser. */
export interface LiveSettings {
  readonly isPaused: boolean;
  readonly intervalMs: number;
  readonly transport: TransportChoice;
  /** Never used beyond half of what the browser allows. */
  readonly cacheBytes: number;
  /** Incidents are told while nobody looks too. */
  readonly isNotifying: boolean;
}

export const DEFAULT_LIVE_SETTINGS: LiveSettings = {
  isPaused: false,
  intervalMs: 2_000,
  transport: 'automatic',
  cacheBytes: 200_000_000,
  isNotifying: false,
};
