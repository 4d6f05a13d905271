import type { RollupRows } from '../rollup/rollup.ts';
import type { SeriesDictionary, SeriesKey } from '../rollup/series.ts';
import { RESOLUTION_MS } from '../time/resolution.ts';
import { type Contributions, type SeriesChange, contributionsOf } from './contributions.ts';
import { type ModelAmounts, decompose } from './decompose.ts';
import type { GroupKey } from './groups.ts';
import type { Incident, IncidentKind } from './incident.ts';
import { type Sums, emptySums } from './measure.ts';
import type { Explanation, Measured } from './explanation.ts';
import { sentenceOf } from './sentence.ts';
import { splitWhole } from './split.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const MINUTES_PER_HOUR = 60;

export interface Evidence {
  readonly series: SeriesDictionary;
  /** 1-minute rollups of the hour before the incident: how its root was made up. */
  readonly before: RollupRows;
  /** 1-minute rollups from its start to `incident.updatedMs`, or to its end. */
  readonly during: RollupRows;
}

/** Who and what makes up an incident. */
export function explain(incident: Incident, evidence: Evidence): Explanation {
  const { before, during, series } = evidence;
  const beforeOf = sumsBySeries(before, series, incident.root);
  const duringOf = sumsBySeries(during, series, incident.root);
  const ids = [...new Set([...beforeOf.keys(), ...duringOf.keys()])].sort((a, b) => a - b);
  const table = ids.map((id) => ({
    key: series.keyOf(id),
    before: beforeOf.get(id) ?? emptySums(),
    during: duringOf.get(id) ?? emptySums(),
  }));
  const measure = measureOf(incident.kind);
  const contributions = contributionsOf(changesOf(table, measure, incident));
  const actual = total(table, (row) => row.during.costMicroUsd);
  const usual = Math.max(0, actual - incident.extraMicroUsd);
  const minutes = Math.max(
    1,
    ((incident.endMs ?? incident.updatedMs) - incident.startMs) / MINUTE_MS,
  );
  const perHour = (amount: number) => Math.round((amount / minutes) * MINUTES_PER_HOUR);
  const explained = {
    measure,
    contributions,
    first: firstOf(incident.root, contributions),
    decomposition: decompose(...modelsOf(table, usual)),
    usualMicroUsdPerHour: perHour(usual),
    actualMicroUsdPerHour: perHour(actual),
  };
  return { ...explained, sentence: sentenceOf(incident, explained) };
}

interface Row {
  readonly key: SeriesKey;
  readonly before: Sums;
  readonly during: Sums;
}

function measureOf(kind: IncidentKind): Measured {
  if (kind === 'latency') return 'latencyMsSum';
  return kind === 'volume' ? 'calls' : 'costMicroUsd';
}

/** What each series would have used, and did. */
function changesOf(
  table: readonly Row[],
  measure: Measured,
  { extraMicroUsd, startMs, endMs, updatedMs }: Incident,
): readonly SeriesChange[] {
  const rows = table.map(({ key, before, during }) => ({
    key,
    before: before[measure],
    actual: during[measure],
    // Waiting is to be expected by the calls that there were.
    waited:
      before.calls === 0
        ? during.latencyMsSum
        : Math.round((before.latencyMsSum / before.calls) * during.calls),
  }));
  if (measure === 'latencyMsSum')
    return rows.map(({ key, actual, waited }) => ({ key, actual, usual: waited }));
  const actual = total(rows, (row) => row.actual);
  const hours = ((endMs ?? updatedMs) - startMs) / (MINUTES_PER_HOUR * MINUTE_MS);
  const whole =
    measure === 'costMicroUsd'
      ? Math.max(0, actual - extraMicroUsd)
      : Math.round(total(rows, (row) => row.before) * hours);
  const usual = splitWhole(
    whole,
    rows.map((row) => row.before),
  );
  return rows.map((row, i) => ({ key: row.key, actual: row.actual, usual: usual[i] ?? 0 }));
}

/** By model, what would have been used and what was; the cost of what would have been is `usual`. */
function modelsOf(
  table: readonly Row[],
  usual: number,
): [Map<string, ModelAmounts>, Map<string, ModelAmounts>] {
  const before = new Map<string, Sums>();
  const during = new Map<string, Sums>();
  for (const row of table) {
    addTo(before, row.key.model, row.before);
    addTo(during, row.key.model, row.during);
  }
  const models = [...before.keys()];
  const costs = splitWhole(
    usual,
    models.map((model) => before.get(model)?.costMicroUsd ?? 0),
  );
  const factor =
    usual /
    Math.max(
      1,
      total(table, (row) => row.before.costMicroUsd),
    );
  const scaled = models.map((model, i): [string, ModelAmounts] => {
    const { calls, tokens } = before.get(model) ?? emptySums();
    return [model, { calls: calls * factor, tokens: tokens * factor, costMicroUsd: costs[i] ?? 0 }];
  });
  return [new Map(scaled), during];
}

function firstOf(
  root: GroupKey,
  { customers, models, tenants }: Contributions,
): Explanation['first'] {
  const candidates = [
    { dimension: 'customer', best: customers[0] },
    { dimension: 'model', best: models[0] },
    { dimension: 'tenant', best: tenants[0] },
  ] as const;
  const own = candidates.find(({ dimension }) => dimension === root.dimension);
  const ranked = candidates.toSorted((a, b) => percentOf(b.best) - percentOf(a.best));
  const first = own ?? ranked[0];
  if (!first?.best) return null;
  return {
    key: { dimension: first.dimension, id: first.best.id },
    percent: first.best.percent,
  };
}

function percentOf(contribution: { readonly percent: number } | undefined): number {
  return contribution?.percent ?? 0;
}

function sumsBySeries(
  rows: RollupRows,
  series: SeriesDictionary,
  root: GroupKey,
): Map<number, Sums> {
  const sums = new Map<number, Sums>();
  for (let row = 0; row < rows.length; row++) {
    const id = rows.series[row] ?? 0;
    let one = sums.get(id);
    if (!one) {
      if (!isIn(series.keyOf(id), root)) continue;
      sums.set(id, (one = emptySums()));
    }
    one.calls += rows.calls[row] ?? 0;
    one.tokens += rows.tokens[row] ?? 0;
    one.costMicroUsd += rows.costMicroUsd[row] ?? 0;
    one.latencyMsSum += rows.latencyMsSum[row] ?? 0;
  }
  return sums;
}

function isIn(key: SeriesKey, { dimension, id }: GroupKey): boolean {
  switch (dimension) {
    case 'total':
      return true;
    case 'tenant':
      return key.tenantId === id;
    case 'model':
      return key.model === id;
    case 'customer':
      return key.customerId === id;
  }
}

function addTo(
  sums: Map<string, Sums>,
  name: string,
  { calls, tokens, costMicroUsd, latencyMsSum }: Sums,
): void {
  const sum = sums.get(name) ?? emptySums();
  sum.calls += calls;
  sum.tokens += tokens;
  sum.costMicroUsd += costMicroUsd;
  sum.latencyMsSum += latencyMsSum;
  sums.set(name, sum);
}

function total<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amountOf(item), 0);
}
