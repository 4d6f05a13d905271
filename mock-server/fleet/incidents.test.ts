import { describe, expect, it } from 'vitest';
import type { SeriesKey } from '#core/rollup/series.ts';
import { type Fleet, createFleet } from './fleet.ts';
import type { Incident, IncidentKind } from './incidents.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FROM_MS = Date.UTC(2026, 10, 2);
const DAYS = 30;
const TO_MS = FROM_MS + DAYS * DAY_MS;

function aFleet(incidents: 'on' | 'off' | 'now', startedAtMs = 0): Fleet {
  return createFleet({
    seed: 1,
    customers: 100,
    tenants: 7,
    tickMs: 1_000,
    incidents,
    startedAtMs,
  });
}

/** What the usage that an incident could hit came to during the incident. */
function usageDuring(
  fleet: Fleet,
  { fromMs, toMs }: Pick<Incident, 'fromMs' | 'toMs'>,
  isOf: (key: SeriesKey) => boolean,
  resolution: '1m' | '5s' = '1m',
) {
  const rows = fleet.rollups(fromMs, toMs, resolution);
  const sums = { calls: 0, tokens: 0, costMicroUsd: 0, latencyMsSum: 0 };
  for (let row = 0; row < rows.length; row++) {
    if (!isOf(fleet.series.keyOf(rows.series[row] ?? 0))) continue;
    sums.calls += rows.calls[row] ?? 0;
    sums.tokens += rows.tokens[row] ?? 0;
    sums.costMicroUsd += rows.costMicroUsd[row] ?? 0;
    sums.latencyMsSum += rows.latencyMsSum[row] ?? 0;
  }
  return {
    calls: sums.calls,
    tokensPerCall: sums.tokens / sums.calls,
    costPerCall: sums.costMicroUsd / sums.calls,
    latencyPerCall: sums.latencyMsSum / sums.calls,
  };
}

const on = aFleet('on');
const off = aFleet('off');
const incidents = on.incidentsBetween(FROM_MS, TO_MS);

/** A few of a kind with which no other incident overlaps. */
function aloneOf(kind: IncidentKind): readonly Incident[] {
  const alone = incidents
    .filter((one) => one.kind === kind)
    .filter((one) => on.incidentsBetween(one.fromMs, one.toMs).length === 1)
    .slice(0, 4);
  expect(alone.length).toBeGreaterThan(0);
  return alone;
}

function customerOf(incident: Incident): (key: SeriesKey) => boolean {
  return (key) => key.customerId === incident.customerId;
}

/** During / what it would have been without incidents. */
function ratios(incident: Incident, isOf: (key: SeriesKey) => boolean) {
  const during = usageDuring(on, incident, isOf);
  const without = usageDuring(off, incident, isOf);
  return {
    calls: during.calls / without.calls,
    tokensPerCall: during.tokensPerCall / without.tokensPerCall,
    costPerCall: during.costPerCall / without.costPerCall,
    latencyPerCall: during.latencyPerCall / without.latencyPerCall,
  };
}

function expectNear(value: number, expected: number): void {
  expect(value).toBeGreaterThan(expected * 0.85);
  expect(value).toBeLessThan(expected * 1.15);
}

describe('the list of incidents', () => {
  it('F7 has a handful a day, of all kinds, in whole minutes', () => {
    expect(incidents.length / DAYS).toBeGreaterThan(3);
    expect(incidents.length / DAYS).toBeLessThan(9);
    expect(new Set(incidents.map((one) => one.kind)).size).toBe(5);
    for (const { fromMs, toMs } of incidents) {
      expect(fromMs % MINUTE_MS).toBe(0);
      expect((toMs - fromMs) / MINUTE_MS).toBeGreaterThanOrEqual(5);
      expect((toMs - fromMs) / MINUTE_MS).toBeLessThanOrEqual(360);
    }
  });

  it('F7 is ordered, and the same by whatever spans it is asked for', () => {
    const starts = incidents.map((one) => one.fromMs);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    const again = aFleet('on');
    for (let fromMs = TO_MS - DAY_MS; fromMs > FROM_MS; fromMs -= 7 * 3_600_000 + 1) {
      const toMs = fromMs + 60_000;
      const expected = incidents.filter((one) => one.fromMs < toMs && one.toMs > fromMs);
      expect(again.incidentsBetween(fromMs, toMs)).toEqual(expected);
    }
  });

  it('F7 is empty when incidents are off', () => {
    expect(off.incidentsBetween(FROM_MS, TO_MS)).toEqual([]);
  });

  it('F7 has a runaway agent 10 s after the start, in the next 5 s, if asked for', () => {
    const startedAtMs = Date.UTC(2026, 10, 21, 14, 30, 52);
    const now = aFleet('now', startedAtMs);
    const fromMs = Date.UTC(2026, 10, 21, 14, 31, 5);
    const added = now
      .incidentsBetween(fromMs, fromMs + 1)
      .filter((one) => one.kind === 'runaway-agent' && one.fromMs === fromMs);
    expect(added).toHaveLength(1);
    expect(aFleet('on').incidentsBetween(fromMs, fromMs + 1)).not.toContainEqual(added[0]);
    for (const incident of added) {
      const during = usageDuring(now, incident, customerOf(incident), '5s');
      const without = usageDuring(off, incident, customerOf(incident), '5s');
      expectNear(during.calls / without.calls, incident.factor);
      // Nothing of it is seen in the 5 s before, and all of it in those after, though they are of one minute.
      const minute = { fromMs: fromMs - 5_000, toMs: fromMs + 55_000 };
      const calls = (fleet: Fleet, startMs: number, endMs: number) =>
        usageDuring(fleet, { fromMs: startMs, toMs: endMs }, customerOf(incident), '5s').calls;
      expectNear(calls(now, minute.fromMs, fromMs) / calls(off, minute.fromMs, fromMs), 1);
      const [after, usual] = [now, off].map((fleet) => calls(fleet, fromMs, minute.toMs));
      expectNear((after ?? 0) / (usual ?? 1), incident.factor);
    }
  });
});

describe('incidents in the data', () => {
  it('F7 a runaway agent makes 5 to 10 times the calls of its customer', () => {
    for (const incident of aloneOf('runaway-agent')) {
      const { calls, costPerCall } = ratios(incident, customerOf(incident));
      expect(incident.factor).toBeGreaterThanOrEqual(5);
      expect(incident.factor).toBeLessThanOrEqual(10);
      expectNear(calls, incident.factor);
      expectNear(costPerCall, 1);
    }
  });

  it('F7 a retry storm makes three times the calls, each of them short and slow', () => {
    for (const incident of aloneOf('retry-storm')) {
      const { calls, tokensPerCall, latencyPerCall } = ratios(incident, customerOf(incident));
      expectNear(calls, 3);
      expect(tokensPerCall).toBeLessThan(0.5);
      expect(latencyPerCall).toBeGreaterThan(2);
    }
  });

  it('F7 a model switch moves all calls of a customer to a dearer model', () => {
    for (const incident of aloneOf('model-switch')) {
      const { calls, costPerCall } = ratios(incident, customerOf(incident));
      expectNear(calls, 1);
      expectNear(costPerCall, incident.factor);
      expect(incident.factor).toBeGreaterThan(1.2);
      const elsewhere = usageDuring(
        on,
        incident,
        (key) => key.customerId === incident.customerId && key.model !== incident.model,
      );
      expect(elsewhere.calls).toBe(0);
    }
  });

  it('F7 a brown-out makes a model 3 to 5 times slower for everybody', () => {
    for (const incident of aloneOf('latency-brown-out')) {
      const { calls, latencyPerCall } = ratios(incident, (key) => key.model === incident.model);
      expect(incident.factor).toBeGreaterThanOrEqual(3);
      expect(incident.factor).toBeLessThanOrEqual(5);
      expectNear(latencyPerCall, incident.factor);
      expectNear(calls, 1);
    }
  });

  it('F7 an outage leaves a tenant or a model without a call, and others as they were', () => {
    const outages = aloneOf('outage');
    expect(outages.some((one) => one.model === null)).toBe(true);
    expect(outages.some((one) => one.model !== null)).toBe(true);
    for (const incident of outages) {
      const isOf = (key: SeriesKey) =>
        (incident.tenantId ?? key.tenantId) === key.tenantId &&
        (incident.model ?? key.model) === key.model;
      expect(usageDuring(on, incident, isOf).calls).toBe(0);
      expect(usageDuring(off, incident, isOf).calls).toBeGreaterThan(0);
      expectNear(ratios(incident, (key) => !isOf(key)).calls, 1);
    }
  });
});
