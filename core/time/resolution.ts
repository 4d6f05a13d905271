/** Width of a bucket in ms, by the name used on the wire and in storage. */
export const RESOLUTION_MS = { '5s': 5_000, '1m': 60_000, '1h': 3_600_000 } as const;

export type Resolution = keyof typeof RESOLUTION_MS;

/** Finest first: each is added up from the one before it. */
export const RESOLUTIONS = ['5s', '1m', '1h'] as const;

/** Width in ms of the finest bucket: live data is ingested into these. */
export const FINEST_MS = RESOLUTION_MS['5s'];

/** The coarsest resolution that buckets of so many ms can be made of. */
export function resolutionFor(bucketMs: number): Resolution {
  if (bucketMs % RESOLUTION_MS['1h'] === 0) return '1h';
  return bucketMs % RESOLUTION_MS['1m'] === 0 ? '1m' : '5s';
}

/** The greatest multiple of `stepMs` at or before `atMs`. */
export function floorTo(atMs: number, stepMs: number): number {
  return Math.floor(atMs / stepMs) * stepMs;
}

/** The smallest multiple of `stepMs` at or after `atMs`. */
export function ceilTo(atMs: number, stepMs: number): number {
  return Math.ceil(atMs / stepMs) * stepMs;
}
