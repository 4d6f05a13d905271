import type { AckRequest } from '../anomalies.ts';
import type { IncidentReport } from '../incidents.ts';

const START_MS = Date.UTC(2026, 10, 3, 9);
const MINUTE_MS = 60_000;

/** A customer that spends a lot since three minutes. */
export function anIncident(fields: Partial<IncidentReport> = {}): IncidentReport {
  const startMs = fields.startMs ?? START_MS;
  const root = { dimension: 'customer', id: 'acme-robotics' } as const;
  return {
    id: '00c0ffee00c0ffee',
    kind: 'spend-spike',
    root,
    startMs,
    peakMs: startMs + MINUTE_MS,
    endMs: null,
    updatedMs: startMs + 3 * MINUTE_MS,
    foundMs: startMs + 15_000,
    severity: 'major',
    score: 1.5,
    reason: {
      what: 'spend',
      direction: 'up',
      startMs,
      ratio: 3.25,
      score: 1.5,
      view: 'value',
      sinceBins: 10_080,
      watchedBins: 10_080,
    },
    extraMicroUsd: 62_000_000,
    extraMicroUsdPerHour: 1_240_000_000,
    impact: 0.02,
    members: [{ group: root, family: 'spend-up', startMs }],
    isQuick: false,
    mergedInto: null,
    explanation: {
      measure: 'costMicroUsd',
      contributions: {
        customers: [{ id: root.id, usual: 10, actual: 72, change: 62, percent: 100 }],
        models: [{ id: 'gpt-4', usual: 10, actual: 72, change: 62, percent: 100 }],
        tenants: [{ id: 'northwind-group', usual: 10, actual: 72, change: 62, percent: 100 }],
      },
      first: { key: root, percent: 100 },
      decomposition: { volume: 60_000_000, size: 1_000_000, mix: 0, price: 1_000_000 },
      usualMicroUsdPerHour: 550_000_000,
      actualMicroUsdPerHour: 1_790_000_000,
      sentence: "acme-robotics' gpt-4 calls tripled; +$1,240/h; largest rise in 7 days",
    },
    history: [],
    outline: null,
    ...fields,
  };
}

/** Somebody who has seen it. */
export function anAckRequest(fields: Partial<Omit<AckRequest, 'state'>> = {}): AckRequest {
  return { clientId: 'click-0001', state: 'acknowledged', note: '', who: 'Ann', ...fields };
}
