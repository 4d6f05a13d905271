import type { Rollup } from '#core/rollup/rollup.ts';
import type { SeriesKey } from '#core/rollup/series.ts';

/** A series of its own for every number. */
export function aSeries(number = 1): SeriesKey {
  return { tenantId: 'tenant', customerId: `customer-${number}`, model: 'model' };
}

/** Usage whose measures are all different, scaled by `factor`. */
export function aRollup(factor = 1): Rollup {
  return {
    calls: factor,
    tokens: 1_000 * factor,
    costMicroUsd: 2_500 * factor,
    latencyMsSum: 700 * factor,
  };
}
