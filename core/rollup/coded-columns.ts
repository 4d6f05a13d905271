import type { RollupRows } from './rollup.ts';

/**
 * Rows as columns of small whole numbers (>= 0), grouped by series. What is used varies with the number
 * of calls, and cost with tokens: so a series states its totals once, and each row only how far it is
 * from its share of them.
 */
export interface CodedColumns {
  /** Series ids, ascending. */
  readonly ids: Float64Array;
  /** Per series: how many rows, and the totals of calls, tokens, cost and latency. */
  readonly perSeries: readonly Float64Array[];
  /** Per row: buckets skipped since the row before, and what calls, tokens, cost and latency are beyond what was to be expected. */
  readonly perRow: readonly Float64Array[];
}

export const SERIES_COLUMNS = 5;
export const ROW_COLUMNS = 5;

/** Up to here a number and the difference of two are exact. */
const MOST = 2 ** 52;
/** Rows of a bucket are put in order by counting, unless buckets are as sparse as this. */
const SPARSE = 64;

/**
 * @param rows as in `RollupRows`; integers up to 2^52
 * @param startMs start of the stretch; no bucket lies before it
 */
export function codeRows(rows: RollupRows, startMs: number, stepMs: number): CodedColumns {
  const order = bySeries(rows);
  const starts = groupStarts(rows, order);
  const groups = starts.length - 1;
  const perSeries = columnsOf(SERIES_COLUMNS, groups);
  const perRow = columnsOf(ROW_COLUMNS, rows.length);
  const ids = new Float64Array(groups);
  for (let group = 0; group < groups; group++) {
    const span = order.subarray(starts[group] ?? 0, starts[group + 1] ?? 0);
    ids[group] = rows.series[span[0] ?? 0] ?? 0;
    const totals = totalsOf(rows, span);
    for (const [column, total] of [span.length, ...totals].entries()) {
      at(perSeries, column)[group] = total;
    }
    codeGroup(rows, span, totals, startMs, stepMs, perRow, starts[group] ?? 0);
  }
  return { ids, perSeries, perRow };
}

/** Rows by series, and by time within one. */
export interface GroupedRows {
  /** Rows of each series. */
  readonly counts: Float64Array;
  /** Per row: number of its bucket, from the start of the stretch. */
  readonly buckets: Float64Array;
  /** Per row: calls, tokens, cost, latency. */
  readonly values: readonly Float64Array[];
}

/**
 * What was coded; null: these columns do not belong together, or do not come from rows.
 * @param buckets how many there are in the stretch; no row lies beyond
 */
export function decodeGroups(
  { perSeries, perRow }: Pick<CodedColumns, 'perSeries' | 'perRow'>,
  buckets: number,
): GroupedRows | null {
  const length = at(perRow, 0).length;
  const counts = at(perSeries, 0);
  const isWhole =
    perSeries.every((column) => column.length === counts.length) &&
    perRow.every((column) => column.length === length);
  if (!isWhole || counts.includes(0) || sumOf(counts) !== length) return null;
  const into = columnsOf(ROW_COLUMNS, length);
  const [bucket, ...values] = fiveOf(into);
  let row = 0;
  for (let group = 0; group < counts.length; group++) {
    const end = row + (counts[group] ?? 0);
    decodeGroup(perSeries, perRow, group, row, end, into);
    row = end;
  }
  if (!values.every(areAmounts) || !areBelow(bucket, buckets)) return null;
  return { counts, buckets: bucket, values };
}

/**
 * Grouped rows in the order of `RollupRows`.
 * @param ids of the series, in the order of the groups, each a different one
 */
export function ungroup(
  { counts, buckets, values }: GroupedRows,
  ids: ArrayLike<number>,
  startMs: number,
  stepMs: number,
): RollupRows {
  const series = new Uint32Array(buckets.length);
  let row = 0;
  for (const [group, count] of counts.entries()) {
    series.fill(ids[group] ?? 0, row, row + count);
    row += count;
  }
  const order = byBucket(buckets, series, counts, ids);
  const [calls, tokens, costMicroUsd, latencyMsSum] = values.map((one) => inOrder(one, order));
  if (!calls || !tokens || !costMicroUsd || !latencyMsSum) throw new RangeError('a column lacks');
  const bucketStartMs = inOrder(buckets, order);
  for (let i = 0; i < bucketStartMs.length; i++) {
    bucketStartMs[i] = startMs + (bucketStartMs[i] ?? 0) * stepMs;
  }
  const length = buckets.length;
  const ordered = new Uint32Array(length);
  for (let i = 0; i < length; i++) ordered[i] = series[order[i] ?? 0] ?? 0;
  return { length, bucketStartMs, series: ordered, calls, tokens, costMicroUsd, latencyMsSum };
}

function inOrder(column: Float64Array, order: Uint32Array): Float64Array {
  const ordered = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) ordered[i] = column[order[i] ?? 0] ?? 0;
  return ordered;
}

function codeGroup(
  rows: RollupRows,
  span: Uint32Array,
  [allCalls, allTokens, allCost, allLatency]: readonly number[],
  startMs: number,
  stepMs: number,
  perRow: readonly Float64Array[],
  first: number,
): void {
  const [skipped, callsChange, tokensBeyond, costBeyond, latencyBeyond] = fiveOf(perRow);
  let previousBucket = -1;
  let previousCalls = 0;
  for (let index = 0; index < span.length; index++) {
    const i = span[index] ?? 0;
    const row = first + index;
    const bucket = ((rows.bucketStartMs[i] ?? 0) - startMs) / stepMs;
    const calls = rows.calls[i] ?? 0;
    const tokens = rows.tokens[i] ?? 0;
    const cost = rows.costMicroUsd[i] ?? 0;
    const latency = rows.latencyMsSum[i] ?? 0;
    skipped[row] = bucket - previousBucket - 1;
    callsChange[row] = zigzag(calls - previousCalls);
    tokensBeyond[row] = zigzag(tokens - expected(calls, allTokens, allCalls));
    costBeyond[row] = zigzag(cost - expected(tokens, allCost, allTokens));
    latencyBeyond[row] = zigzag(latency - expected(calls, allLatency, allCalls));
    previousBucket = bucket;
    previousCalls = calls;
  }
}

function decodeGroup(
  perSeries: readonly Float64Array[],
  perRow: readonly Float64Array[],
  group: number,
  first: number,
  end: number,
  into: readonly Float64Array[],
): void {
  const [, allCalls, allTokens, allCost, allLatency] = perSeries.map((one) => one[group] ?? 0);
  const [skipped, callsChange, tokensBeyond, costBeyond, latencyBeyond] = fiveOf(perRow);
  const [buckets, callsColumn, tokensColumn, costColumn, latencyColumn] = fiveOf(into);
  let bucket = -1;
  let calls = 0;
  for (let row = first; row < end; row++) {
    bucket += 1 + (skipped[row] ?? 0);
    calls += unzigzag(callsChange[row] ?? 0);
    const tokens = unzigzag(tokensBeyond[row] ?? 0) + expected(calls, allTokens, allCalls);
    buckets[row] = bucket;
    callsColumn[row] = calls;
    tokensColumn[row] = tokens;
    costColumn[row] = unzigzag(costBeyond[row] ?? 0) + expected(tokens, allCost, allTokens);
    latencyColumn[row] = unzigzag(latencyBeyond[row] ?? 0) + expected(calls, allLatency, allCalls);
  }
}

/** What falls on `part` of `whole` when `total` is shared out evenly; the same number on every engine. */
function expected(part: number, total = 0, whole = 0): number {
  return whole === 0 ? 0 : Math.round((part * total) / whole);
}

/** Zig-zag: 0, -1, 1, -2 ... become 0, 1, 2, 3 ...; in doubles, as shifts would cut at 32 bits. */
function zigzag(difference: number): number {
  return difference >= 0 ? 2 * difference : -2 * difference - 1;
}

function unzigzag(coded: number): number {
  return coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2;
}

/** Row numbers by series, and by time within one: a counting sort, as ids are small and dense. */
function bySeries(rows: RollupRows): Uint32Array {
  let most = 0;
  for (const id of rows.series) if (id > most) most = id;
  const next = new Uint32Array(most + 2);
  for (const id of rows.series) next[id + 1] = (next[id + 1] ?? 0) + 1;
  for (let id = 0; id <= most; id++) next[id + 1] = (next[id + 1] ?? 0) + (next[id] ?? 0);
  const order = new Uint32Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const id = rows.series[row] ?? 0;
    const place = next[id] ?? 0;
    order[place] = row;
    next[id] = place + 1;
  }
  return order;
}

/** Where each series begins in `order`, and its end. */
function groupStarts(rows: RollupRows, order: Uint32Array): number[] {
  const starts: number[] = [];
  for (let i = 0; i < order.length; i++) {
    const isSame = i > 0 && rows.series[order[i] ?? 0] === rows.series[order[i - 1] ?? 0];
    if (!isSame) starts.push(i);
  }
  return [...starts, order.length];
}

/** A total that is too large to be exact says nothing: nothing is expected then. */
function totalsOf(rows: RollupRows, span: Uint32Array): number[] {
  return [rows.calls, rows.tokens, rows.costMicroUsd, rows.latencyMsSum].map((column) => {
    let total = 0;
    for (const i of span) total += column[i] ?? 0;
    return total <= MOST ? total : 0;
  });
}

/** Places in ascending order of bucket, then series id. */
function byBucket(
  bucket: Float64Array,
  series: Uint32Array,
  counts: Float64Array,
  ids: ArrayLike<number>,
): Uint32Array {
  let most = 0;
  for (const one of bucket) if (one > most) most = one;
  const order = new Uint32Array(bucket.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  if (most > SPARSE * (bucket.length + 1)) {
    return order.sort(
      (a, b) => (bucket[a] ?? 0) - (bucket[b] ?? 0) || (series[a] ?? 0) - (series[b] ?? 0),
    );
  }
  const next = new Uint32Array(most + 2);
  for (const one of bucket) next[one + 1] = (next[one + 1] ?? 0) + 1;
  for (let i = 0; i <= most; i++) next[i + 1] = (next[i + 1] ?? 0) + (next[i] ?? 0);
  for (const group of groupsById(counts, ids)) {
    for (let row = group.first; row < group.end; row++) {
      const one = bucket[row] ?? 0;
      const place = next[one] ?? 0;
      order[place] = row;
      next[one] = place + 1;
    }
  }
  return order;
}

function groupsById(counts: Float64Array, ids: ArrayLike<number>) {
  let first = 0;
  const groups = Array.from(counts, (count, group) => {
    const one = { id: ids[group] ?? 0, first, end: first + count };
    first += count;
    return one;
  });
  return groups.sort((a, b) => a.id - b.id);
}

/** Whether all are whole numbers from 0 up that are exact; anything else was not made by `codeRows`. */
function areAmounts(column: Float64Array): boolean {
  for (const value of column) {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER && value % 1 === 0)) return false;
  }
  return true;
}

function areBelow(column: Float64Array, limit: number): boolean {
  for (const value of column) if (!(value < limit)) return false;
  return true;
}

function columnsOf(count: number, length: number): Float64Array[] {
  return Array.from({ length: count }, () => new Float64Array(length));
}

function sumOf(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value, 0);
}

type Five = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

function fiveOf(columns: readonly Float64Array[]): Five {
  return [at(columns, 0), at(columns, 1), at(columns, 2), at(columns, 3), at(columns, 4)];
}

/** @throws {RangeError} when there are fewer columns than there must be */
function at(columns: readonly Float64Array[], index: number): Float64Array {
  const column = columns[index];
  if (!column) throw new RangeError(`there is no column ${index}`);
  return column;
}
