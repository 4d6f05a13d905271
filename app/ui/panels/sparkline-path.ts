import type { Trend } from '#core/view/frame.ts';

/** A line of a trend, as SVG path data. */
export interface SparklinePath {
  /** Known neighbours joined; a known point between gaps is a dot. */
  readonly line: string;
  /** A dot at the newest bucket; empty when that one is not known. */
  readonly end: string;
}

/** At least this share of the highest value is spanned, so that noise stays small. */
const LEAST_SPAN = 0.4;
/** Keeps the line's own width inside the drawing. */
const MARGIN = 2;

/** Draws a trend into a box from left to right; what is not known is left open. */
export function sparklinePath(trend: Trend, width: number, height: number): SparklinePath {
  const known = trend.filter((value) => value !== null);
  const most = Math.max(0, ...known);
  const least = Math.min(most * (1 - LEAST_SPAN), ...known);
  const step = width / Math.max(1, trend.length - 1);
  const x = (at: number) => round(at * step);
  const y = (value: number) => {
    const share = most === least ? 0 : (value - least) / (most - least);
    return round(height - MARGIN - share * (height - 2 * MARGIN));
  };
  const line = trend.map((value, at) => {
    if (value === null) return '';
    const isStart = (trend[at - 1] ?? null) === null;
    const isAlone = isStart && (trend[at + 1] ?? null) === null;
    return `${isStart ? 'M' : 'L'}${x(at)} ${y(value)}${isAlone ? 'h0' : ''}`;
  });
  const newest = trend.at(-1) ?? null;
  const end = newest === null ? '' : `M${x(trend.length - 1)} ${y(newest)}h0`;
  return { line: line.join(''), end };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
