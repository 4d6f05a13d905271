import type { Known } from '../time/known.ts';
import type { Filter } from './filter.ts';
import type { TimeRange } from './window.ts';

/** Spend per hour over the newest complete stretch of time before the playhead. */
export interface SpendRate {
  /** Length of the window that the rate is named after, ms. */
  readonly windowMs: number;
  /** How much of the window is known, ms. */
  readonly coveredMs: number;
  /** US dollars per hour over the known part; null: too little is known to say. */
  readonly usdPerHour: number | null;
}

/** Values per bucket, ascending in time; null: not known (a gap); 0: known to be nothing. */
export type Trend = readonly (number | null)[];

/** Tokens per bucket over the window. */
export interface TokenSeries {
  /** Start of the first bucket, epoch ms. */
  readonly fromMs: number;
  readonly resolutionMs: number;
  readonly tokens: Trend;
  /** Of the same points one window earlier. */
  readonly before: Trend;
  /** Null: the points are the finest buckets there are, so that nothing is hidden in them. */
  readonly extremes: TokenExtremes | null;
  /** The same by model, most used first; what is beyond the first seven is one, named `OTHER_MODELS`. */
  readonly byModel: readonly { readonly model: string; readonly tokens: Trend }[];
}

/** The quietest and the busiest of the finer buckets that a point is made of, at its own scale: as if all were like it. */
export interface TokenExtremes {
  /** Width of the finer buckets, ms. */
  readonly finestMs: number;
  readonly least: Trend;
  readonly most: Trend;
}

/** What was expected of the same points before they were seen, tokens: the trend, and between what they would not stand out. */
export interface Expected {
  readonly trend: Trend;
  readonly low: Trend;
  readonly high: Trend;
}

/** Not a possible model id, as those are not empty. */
export const OTHER_MODELS = '';

/** One number of the window, beside the same of the window before. */
export interface Figure {
  /** Null: not known, or not defined (the latency of no calls). */
  readonly value: number | null;
  /** Null: the window before is not known whole. */
  readonly before: number | null;
  readonly trend: Trend;
}

export interface KeyFigures {
  readonly spendUsd: Figure;
  readonly tokensPerSecond: Figure;
  readonly callsPerSecond: Figure;
  /** Weighted by calls. */
  readonly meanLatencyMs: Figure;
  readonly activeCustomers: Figure;
}

export interface ModelCost {
  readonly model: string;
  readonly costUsd: number;
  readonly tokens: number;
}

export interface CustomerUsage {
  readonly tenantId: string;
  readonly customerId: string;
  readonly costUsd: number;
  readonly tokens: number;
  readonly calls: number;
  /** Null: no calls. */
  readonly meanLatencyMs: number | null;
  /** US dollars per stretch of the window. */
  readonly trend: Trend;
}

/** What was used on one local day, or on what of it lies in the window. */
export interface DayUse {
  /** The buckets that count, epoch ms, half-open. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Those of the whole day, of which the window may begin or end inside. */
  readonly wholeFromMs: number;
  readonly wholeToMs: number;
  /** How much of what counts is known, ms. */
  readonly coveredMs: number;
  readonly costMicroUsd: number;
  readonly tokens: number;
  readonly calls: number;
}

/** The numbers that the panels draw: immutable, numbered, made from rollups, a window and a filter. */
export interface Frame {
  /** Rises with every frame of a worker; starts at 1. */
  readonly number: number;
  readonly epoch: string;
  readonly filter: Filter;
  /** What was asked for: how much of the past, and where it ends. */
  readonly range: TimeRange;
  /** The instant whose past is shown, server time, epoch ms. */
  readonly playheadMs: number;
  /** End of the newest complete bucket shown, server time, epoch ms; null: nothing is complete. */
  readonly asOfMs: number | null;
  readonly windowMs: number;
  /** How much of the window is known, ms. */
  readonly coveredMs: number;
  readonly spendRate: SpendRate;
  readonly tokenSeries: TokenSeries;
  /** As many points as `tokenSeries` has; null: nothing was learnt yet. */
  readonly expected: Expected | null;
  readonly keyFigures: KeyFigures;
  /** Highest cost first; models that were used in the window. */
  readonly costByModel: readonly ModelCost[];
  /** Highest cost first; all customers that were used in the window. */
  readonly customers: readonly CustomerUsage[];
  /** What is known of every moment, far beyond the window too. */
  readonly known: Known;
  /** By local days of a zone, oldest first; null: the window is shorter than two days. */
  readonly days: { readonly zone: string; readonly uses: readonly DayUse[] } | null;
  /** What can be filtered by, sorted: everything that was ever seen, whatever the filter. */
  readonly choices: Filter;
}
