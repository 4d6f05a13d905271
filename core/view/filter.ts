import type { SeriesDictionary, SeriesKey } from '../rollup/series.ts';

/** The slice that is shown: any of the values within a dimension, all dimensions at once; empty: everything. */
export interface Filter {
  readonly tenants: readonly string[];
  readonly customers: readonly string[];
  readonly models: readonly string[];
}

export type Dimension = keyof Filter;

export const DIMENSIONS = ['tenants', 'customers', 'models'] as const;

export const NO_FILTER: Filter = { tenants: [], customers: [], models: [] };

function isInSlice(filter: Filter, key: SeriesKey): boolean {
  return (
    isAllowed(filter.tenants, key.tenantId) &&
    isAllowed(filter.customers, key.customerId) &&
    isAllowed(filter.models, key.model)
  );
}

/** The filter with `value` added to a dimension, or without it if it was there. */
export function toggled(filter: Filter, dimension: Dimension, value: string): Filter {
  const values = filter[dimension];
  const isThere = values.includes(value);
  const next = isThere ? values.filter((one) => one !== value) : [...values, value];
  return { ...filter, [dimension]: next };
}

export function isEverything(filter: Filter): boolean {
  return filter.tenants.length + filter.customers.length + filter.models.length === 0;
}

export function isSameFilter(a: Filter, b: Filter): boolean {
  return DIMENSIONS.every(
    (one) => a[one].length === b[one].length && a[one].every((value, i) => value === b[one][i]),
  );
}

/** One flag per series id: whether the series is in the slice. */
export function sliceOf(filter: Filter, series: SeriesDictionary): Uint8Array {
  return Uint8Array.from(series.keysFrom(0), (key) => Number(isInSlice(filter, key)));
}

function isAllowed(values: readonly string[], value: string): boolean {
  return values.length === 0 || values.includes(value);
}
