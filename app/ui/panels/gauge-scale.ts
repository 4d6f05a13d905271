import { niceAtLeast } from '../nice-scale.ts';

/** The scale of the gauge, and what decides whether it may shrink. */
export interface GaugeScale {
  readonly maxUsdPerHour: number;
  /** Highest rate seen since `peakSinceMs`. */
  readonly peakUsdPerHour: number;
  readonly peakSinceMs: number;
}

/** What the scale must hold is looked at over stretches of this length. */
const STRETCH_MS = 600_000;
const SMALLEST_MAX_USD_PER_HOUR = 1;
/** The needle stays off the end of the scale. */
const HEADROOM = 1.1;

/**
 * The scale after one more rate: it grows at once, and shrinks to what the last ten minutes needed.
 * @param scale null before the first rate
 * @param atMs the instant of the rate, on any one clock
 * @returns `scale` itself when nothing changed
 */
export function stepScale(scale: GaugeScale | null, usdPerHour: number, atMs: number): GaugeScale {
  if (!scale) return startStretch(maxFor(usdPerHour), usdPerHour, atMs);
  const peak = Math.max(scale.peakUsdPerHour, usdPerHour);
  if (atMs - scale.peakSinceMs >= STRETCH_MS) return startStretch(maxFor(peak), usdPerHour, atMs);
  if (peak === scale.peakUsdPerHour) return scale;
  const maxUsdPerHour = Math.max(scale.maxUsdPerHour, maxFor(peak));
  return { maxUsdPerHour, peakUsdPerHour: peak, peakSinceMs: scale.peakSinceMs };
}

function startStretch(maxUsdPerHour: number, usdPerHour: number, atMs: number): GaugeScale {
  return { maxUsdPerHour, peakUsdPerHour: usdPerHour, peakSinceMs: atMs };
}

function maxFor(peakUsdPerHour: number): number {
  return niceAtLeast(Math.max(SMALLEST_MAX_USD_PER_HOUR, peakUsdPerHour * HEADROOM));
}

/** Turn of the needle in degrees: -90 points left at 0, 0 up at half, 90 right at the maximum. */
export function needleDegrees(usdPerHour: number, maxUsdPerHour: number): number {
  const share = Math.min(1, Math.max(0, usdPerHour / maxUsdPerHour));
  return share * 180 - 90;
}
