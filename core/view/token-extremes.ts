import { RESOLUTION_MS } from '../time/resolution.ts';
import { trendOf } from './coverage-flags.ts';
import type { TokenExtremes } from './frame.ts';
import type { WindowSums } from './window-sums.ts';

/**
 * What a point that is several buckets would hide: a spike of a minute in three.
 * @param isKnown one flag per point
 * @returns null: each point is one bucket
 */
export function tokenExtremes(
  { finestTokens, span, bucketMs }: Pick<WindowSums, 'finestTokens' | 'span' | 'bucketMs'>,
  isKnown: readonly boolean[],
): TokenExtremes | null {
  const finestMs = RESOLUTION_MS[span.resolution];
  const perPoint = bucketMs / finestMs;
  if (perPoint <= 1) return null;
  const least = new Float64Array(isKnown.length);
  const most = new Float64Array(isKnown.length);
  for (let point = 0; point < isKnown.length; point++) {
    const buckets = finestTokens.subarray(point * perPoint, (point + 1) * perPoint);
    least[point] = Math.min(...buckets) * perPoint;
    most[point] = Math.max(...buckets) * perPoint;
  }
  return { finestMs, least: trendOf(least, isKnown), most: trendOf(most, isKnown) };
}
