import type { Interval } from '#core/time/intervals.ts';
import type { Expected, TokenSeries, Trend } from '#core/view/frame.ts';

export type TokenView = 'total' | 'models';

/** What the chart draws. */
export interface DrawnSeries extends TokenSeries {
  /** Null, or absent: nothing was, or it is not to be drawn. */
  readonly expected?: Expected | null;
}

/** One bucket as the chart takes it. */
export interface TokenRow {
  /** The bucket, epoch ms, half-open. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Where its value is drawn: its middle. */
  readonly middleMs: number;
  /** Null: not known. */
  readonly tokens: number | null;
  /** The quietest and the busiest of the finer buckets, at this one's scale; null: not known, or there are none. */
  readonly extremes: readonly [number, number] | null;
  /** One window earlier; null: not known, or not to be drawn. */
  readonly before: number | null;
  /** What was expected before it was seen, and the band around that; null: nothing was, or not to be drawn. */
  readonly trend: number | null;
  readonly band: readonly [number, number] | null;
  /** By place in `TokenSeries.byModel`. */
  readonly byModel: readonly (number | null)[];
}

/** Rows in time order, frozen: the chart library would freeze them anyway, one by one, each time. */
export function rowsOf(series: DrawnSeries): readonly TokenRow[] {
  const { fromMs, resolutionMs, tokens, extremes, expected, before, byModel } = series;
  const rows = tokens.map((value, i) => {
    const start = fromMs + i * resolutionMs;
    return Object.freeze({
      fromMs: start,
      toMs: start + resolutionMs,
      middleMs: start + resolutionMs / 2,
      tokens: value,
      extremes: extremes && rangeOf(extremes.least[i], extremes.most[i]),
      before: before[i] ?? null,
      trend: expected?.trend[i] ?? null,
      band: expected ? rangeOf(expected.low[i], expected.high[i]) : null,
      byModel: Object.freeze(byModel.map((model) => model.tokens[i] ?? null)),
    });
  });
  return Object.freeze(rows);
}

function rangeOf(least: number | null = null, most: number | null = null) {
  return least === null || most === null ? null : Object.freeze([least, most] as const);
}

/** A band that is far higher than what was used is cut off, as it would leave no room for that. */
const HEADROOM = 1.25;

/** The highest value that there shall be room for. */
export function peakOf(series: DrawnSeries, view: TokenView): number {
  const { tokens, extremes, before, expected } = series;
  const drawn = view === 'total' && extremes ? extremes.most : tokens;
  const peak = highestOf([...drawn, ...before, ...(expected?.trend ?? [])]);
  const high = highestOf(expected?.high ?? []);
  return Math.max(peak, Math.min(high, HEADROOM * peak));
}

function highestOf(trend: Trend): number {
  return trend.reduce<number>((peak, value) => Math.max(peak, value ?? 0), 0);
}

/** The spans of which nothing is known, whole, in time order. */
export function gapsOf(rows: readonly TokenRow[]): readonly Interval[] {
  const gaps: Interval[] = [];
  for (const { fromMs, toMs, tokens } of rows) {
    if (tokens !== null) continue;
    const last = gaps.at(-1);
    if (last?.toMs === fromMs) gaps.splice(-1, 1, { fromMs: last.fromMs, toMs });
    else gaps.push({ fromMs, toMs });
  }
  return gaps;
}

export function isAnyKnown(trend: Trend): boolean {
  return trend.some((value) => value !== null);
}

/** Known buckets between two unknown ones: a line needs two points, so these are drawn as dots. */
export function loneRowsOf(rows: readonly TokenRow[]): readonly TokenRow[] {
  const isKnown = (row: TokenRow | undefined) => row !== undefined && row.tokens !== null;
  return rows.filter((row, i) => isKnown(row) && !isKnown(rows[i - 1]) && !isKnown(rows[i + 1]));
}

/** Whether two series draw the same picture: a frame may be new for another reason. */
export function isSameSeries(a: DrawnSeries, b: DrawnSeries): boolean {
  return (
    a.fromMs === b.fromMs &&
    a.resolutionMs === b.resolutionMs &&
    isSameTrend(a.tokens, b.tokens) &&
    isSameTrend(a.before, b.before) &&
    isSameTrend(a.extremes?.least ?? [], b.extremes?.least ?? []) &&
    isSameTrend(a.extremes?.most ?? [], b.extremes?.most ?? []) &&
    isSameTrend(a.expected?.trend ?? [], b.expected?.trend ?? []) &&
    isSameTrend(a.expected?.low ?? [], b.expected?.low ?? []) &&
    isSameTrend(a.expected?.high ?? [], b.expected?.high ?? []) &&
    a.byModel.length === b.byModel.length &&
    a.byModel.every(({ model, tokens }, i) => {
      const other = b.byModel[i];
      return other?.model === model && isSameTrend(tokens, other.tokens);
    })
  );
}

function isSameTrend(a: Trend, b: Trend): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
