import type { Incident } from '#core/anomaly/incident.ts';
import type { BackTestNews } from '#app/protocol/messages.ts';

export const TRIED_TO_MS = Date.UTC(2026, 10, 21, 14, 3);
const HOUR_MS = 3_600_000;

/** What settings would have raised two hours before `TRIED_TO_MS`: 20 minutes of $310 beyond the usual. */
export function aWouldBe(id: string, parts: Partial<Incident> = {}): Incident {
  const startMs = TRIED_TO_MS - 2 * HOUR_MS;
  return {
    id,
    kind: 'spend-spike',
    root: { dimension: 'customer', id: 'acme' },
    startMs,
    peakMs: startMs,
    endMs: startMs + HOUR_MS / 3,
    updatedMs: startMs + HOUR_MS / 3,
    foundMs: startMs + 60_000,
    severity: 'major',
    score: 1.3,
    reason: {
      what: 'spend',
      direction: 'up',
      startMs,
      ratio: 3,
      score: 1.3,
      view: 'value',
      sinceBins: 1_000,
      watchedBins: 1_000,
    },
    extraMicroUsd: 310e6,
    extraMicroUsdPerHour: 930e6,
    impact: 0.02,
    members: [],
    isQuick: false,
    mergedInto: null,
    ...parts,
  };
}

/** Settings tried on the 24 h up to `TRIED_TO_MS`, after learning from a day. */
export function aTrial(
  incidents: readonly Incident[],
  hours = 24,
): Extract<BackTestNews, { kind: 'done' }> {
  const tried = { fromMs: TRIED_TO_MS - hours * HOUR_MS, toMs: TRIED_TO_MS };
  const knownMs = hours * HOUR_MS;
  return { kind: 'done', tried, knownMs, learntMs: 24 * HOUR_MS, incidents };
}
