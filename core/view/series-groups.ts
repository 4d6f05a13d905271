import type { SeriesDictionary, SeriesKey } from '../rollup/series.ts';

/** Series put together by something they share, such as the model. */
export interface SeriesGroups {
  /** One key of each group: the first that was seen. */
  readonly keys: readonly SeriesKey[];
  /** Group number, by series id. */
  readonly groupOf: Uint32Array;
}

/** @param nameOf equal for series of one group */
export function groupSeries(
  series: SeriesDictionary,
  nameOf: (key: SeriesKey) => string,
): SeriesGroups {
  const numbers = new Map<string, number>();
  const keys: SeriesKey[] = [];
  const groupOf = Uint32Array.from(series.keysFrom(0), (key) => {
    const name = nameOf(key);
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, keys.length);
    keys.push(key);
    return keys.length - 1;
  });
  return { keys, groupOf };
}

/** A column by series id, added up by group. */
export function sumByGroup(column: Float64Array, groups: SeriesGroups): Float64Array {
  const sums = new Float64Array(groups.keys.length);
  for (let id = 0; id < column.length; id++) {
    const group = groups.groupOf[id] ?? 0;
    sums[group] = (sums[group] ?? 0) + (column[id] ?? 0);
  }
  return sums;
}

/**
 * Cells by (series id, bucket), added up by group and by runs of buckets that end with the last one.
 * @param perPoint buckets of a run; the oldest, of which there are too few for one, are left out
 * @returns by `group * points + point`
 */
export function sumCellsByGroup(
  cells: Float64Array,
  groups: SeriesGroups,
  perPoint: number,
): Float64Array {
  const buckets = cells.length / Math.max(1, groups.groupOf.length);
  const points = Math.floor(buckets / perPoint);
  const first = buckets - points * perPoint;
  const sums = new Float64Array(groups.keys.length * points);
  for (let id = 0; id < groups.groupOf.length; id++) {
    const base = (groups.groupOf[id] ?? 0) * points;
    for (let bucket = first; bucket < buckets; bucket++) {
      const at = base + Math.floor((bucket - first) / perPoint);
      sums[at] = (sums[at] ?? 0) + (cells[id * buckets + bucket] ?? 0);
    }
  }
  return sums;
}
