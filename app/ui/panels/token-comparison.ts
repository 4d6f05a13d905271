import { formatDuration, formatShare } from '../format.ts';

/** Beyond tenfold the digits say nothing. */
const MOST = 10;
/** What would be told as 0.0%. */
const LEAST = 0.0005;

/**
 * "12.3% more than 5 min earlier"; null: there is nothing to compare.
 * @param windowMs how much earlier
 */
export function comparisonOf(
  tokens: number | null,
  before: number | null,
  windowMs: number,
): string | null {
  if (tokens === null || before === null) return null;
  const earlier = `${formatDuration(windowMs)} earlier`;
  if (before === 0) return tokens === 0 ? `as much as ${earlier}` : `none ${earlier}`;
  const change = tokens / before - 1;
  if (Math.abs(change) < LEAST) return `as much as ${earlier}`;
  if (change >= MOST) return `over ten times as much as ${earlier}`;
  return `${formatShare(Math.abs(change))} ${change > 0 ? 'more' : 'less'} than ${earlier}`;
}
