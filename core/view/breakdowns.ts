import type { IntervalSet } from '../time/intervals.ts';
import { coveredParts, trendOf } from './coverage-flags.ts';
import { type CustomerUsage, type ModelCost, OTHER_MODELS, type TokenSeries } from './frame.ts';

import { type SeriesGroups, sumByGroup, sumCellsByGroup } from './series-groups.ts';
import { tokenExtremes } from './token-extremes.ts';
import type { WindowSums } from './window-sums.ts';

const MICRO_USD_PER_USD = 1e6;
/** Points of a customer's trend at most. */
const MOST_TREND_POINTS = 20;
/** More would not be told apart in a chart. */
const MOST_MODELS = 7;

/** Models that were used, highest cost first. */
export function costByModel(sums: WindowSums, models: SeriesGroups): ModelCost[] {
  const cost = sumByGroup(sums.bySeries.costMicroUsd, models);
  const tokens = sumByGroup(sums.bySeries.tokens, models);
  const calls = sumByGroup(sums.bySeries.calls, models);
  return models.keys
    .map(({ model }, i) => ({
      model,
      costUsd: (cost[i] ?? 0) / MICRO_USD_PER_USD,
      tokens: tokens[i] ?? 0,
    }))
    .filter((_, i) => (calls[i] ?? 0) > 0)
    .sort((a, b) => b.costUsd - a.costUsd || a.model.localeCompare(b.model));
}

/** Customers that were used, highest cost first. */
export function customerUsage(
  sums: WindowSums,
  customers: SeriesGroups,
  coverage: IntervalSet,
): CustomerUsage[] {
  const { bySeries, cells, span, bucketMs } = sums;
  const cost = sumByGroup(bySeries.costMicroUsd, customers);
  const tokens = sumByGroup(bySeries.tokens, customers);
  const calls = sumByGroup(bySeries.calls, customers);
  const latency = sumByGroup(bySeries.latencyMsSum, customers);
  // Equally long, or one would seem to have cost more: the oldest that fill no whole one are left out.
  const perPoint = Math.ceil(sums.byBucket.calls.length / MOST_TREND_POINTS);
  const points = Math.floor(sums.byBucket.calls.length / perPoint);
  const trends = sumCellsByGroup(cells.costMicroUsd, customers, perPoint);
  const trendMs = points * perPoint * bucketMs;
  const isKnown = coveredParts(coverage, { ...span, fromMs: span.toMs - trendMs }, points);
  return customers.keys
    .flatMap(({ tenantId, customerId }, i): CustomerUsage[] => {
      const count = calls[i] ?? 0;
      if (count === 0) return [];
      const values = trends.subarray(i * points, (i + 1) * points);
      return [
        {
          tenantId,
          customerId,
          costUsd: (cost[i] ?? 0) / MICRO_USD_PER_USD,
          tokens: tokens[i] ?? 0,
          calls: count,
          meanLatencyMs: (latency[i] ?? 0) / count,
          trend: trendOf(
            values.map((value) => value / MICRO_USD_PER_USD),
            isKnown,
          ),
        },
      ];
    })
    .sort((a, b) => b.costUsd - a.costUsd || a.customerId.localeCompare(b.customerId));
}

/**
 * Tokens per bucket, in all and by model.
 * @param before the window before, of as many buckets
 */
export function tokenSeries(
  sums: WindowSums,
  before: WindowSums,
  models: SeriesGroups,
  coverage: IntervalSet,
): TokenSeries {
  const buckets = sums.byBucket.tokens.length;
  const isKnown = coveredParts(coverage, sums.span, buckets);
  const perModel = sumCellsByGroup(sums.cells.tokens, models, 1);
  const used = sumByGroup(sums.bySeries.tokens, models);
  const ranked = models.keys
    .map(({ model }, i) => ({ model, tokens: used[i] ?? 0, at: i * buckets }))
    .filter((one) => one.tokens > 0)
    .sort((a, b) => b.tokens - a.tokens);
  const valuesOf = (at: number) => perModel.subarray(at, at + buckets);
  const shown = ranked.length > MOST_MODELS + 1 ? ranked.slice(0, MOST_MODELS) : ranked;
  const byModel = shown.map(({ model, at }) => ({ model, tokens: trendOf(valuesOf(at), isKnown) }));
  const rest = ranked.slice(shown.length);
  if (rest.length > 0) {
    const sum = new Float64Array(buckets);
    for (const { at } of rest) valuesOf(at).forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value));
    byModel.push({ model: OTHER_MODELS, tokens: trendOf(sum, isKnown) });
  }
  return {
    fromMs: sums.span.fromMs,
    resolutionMs: sums.bucketMs,
    tokens: trendOf(sums.byBucket.tokens, isKnown),
    before: trendOf(before.byBucket.tokens, coveredParts(coverage, before.span, buckets)),
    extremes: tokenExtremes(sums, isKnown),
    byModel,
  };
}
