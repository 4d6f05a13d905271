import { describe, expect, it } from 'vitest';
import type { Anomaly } from '../wire/anomalies.ts';
import { anIncident } from '../wire/testing/anomalies.ts';
import { knownAt } from './known-at.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 10, 3, 9);
const at = (minutes: number) => START_MS + minutes * MINUTE_MS;
const told = { score: 1.2, severity: 'minor', extraMicroUsdPerHour: 100 } as const;

/** Found 15 s after its start, worse after 2 minutes, over after 20. */
const incident: Anomaly = {
  ...anIncident({
    startMs: START_MS,
    peakMs: at(12),
    endMs: at(20),
    updatedMs: at(20),
    foundMs: START_MS + 15_000,
    severity: 'critical',
    members: [
      { group: { dimension: 'customer', id: 'acme' }, family: 'spend-up', startMs: START_MS },
      { group: { dimension: 'model', id: 'gpt-4' }, family: 'latency-up', startMs: at(9) },
    ],
    history: [
      { ...told, atMs: START_MS + 15_000, extraMicroUsd: 0, sentence: '' },
      { ...told, atMs: at(2), severity: 'major', extraMicroUsd: 30, sentence: 'first' },
    ],
    outline: {
      what: 'spend',
      fromMs: at(-2),
      binMs: MINUTE_MS,
      actual: Array.from({ length: 30 }, (_, i) => i),
      usual: Array.from({ length: 30 }, () => 1),
      low: Array.from({ length: 30 }, () => 0),
      high: Array.from({ length: 30 }, () => 2),
    },
  }),
  revision: 7,
};

describe('an incident as it was known', () => {
  it('X25 is nothing before it was found', () => {
    expect(knownAt(incident, incident.foundMs - 1)).toBeNull();
    expect(knownAt(incident, incident.foundMs)?.id).toBe(incident.id);
  });

  it('X25 says what was said then, and goes on as long as it did', () => {
    const first = knownAt(incident, START_MS + 20_000);
    expect(first).toMatchObject({ severity: 'minor', extraMicroUsd: 0, explanation: null });
    expect(first).toMatchObject({ isQuick: true, endMs: null, peakMs: START_MS });
    const second = knownAt(incident, at(10));
    expect(second).toMatchObject({ severity: 'major', extraMicroUsd: 30, score: 1.2 });
    expect(second?.explanation?.sentence).toBe('first');
    expect(second).toMatchObject({ isQuick: false, endMs: null, updatedMs: at(10) });
    expect(second?.history).toHaveLength(2);
  });

  it('X25 knows nothing of what came later: the peak, members, the rest of the outline', () => {
    const early = knownAt(incident, at(5));
    expect(early?.peakMs).toBe(at(4));
    expect(early?.members).toHaveLength(1);
    expect(early?.outline?.actual).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(early?.outline?.high).toHaveLength(7);
    expect(knownAt({ ...incident, foundMs: 0 }, at(-2))?.outline).toBeNull();
  });

  it('X25 is what it is today from its end on', () => {
    expect(knownAt(incident, at(60))).toEqual(incident);
    expect(knownAt(incident, at(20))).toMatchObject({ severity: 'critical', endMs: at(20) });
  });

  it('X25 is merged into another only from its end on', () => {
    const merged = { ...incident, mergedInto: 'other' };
    expect(knownAt(merged, at(19))?.mergedInto).toBeNull();
    expect(knownAt(merged, at(20))?.mergedInto).toBe('other');
  });
});
