import { type Incident, incidentIdOf } from '#core/anomaly/incident.ts';
import { RESOLUTION_MS, floorTo } from '#core/time/resolution.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
/** A source that tells nothing for so long is silent. */
const SILENT_AFTER_MS = 2 * MINUTE_MS;
/** As any exact test. */
const SCORE = 1.5;
const TOTAL = { dimension: 'total', id: '' } as const;

/** The silence that was told of and goes on. */
export type SilenceState = IncidentReport | null;

/**
 * Hears when the source tells nothing more although time goes on: then there are no minutes in which anything could be found. What it
 * tells of as unused is another matter.
 */
export class FeedSilence {
  readonly #epoch: string;
  #told: SilenceState;
  #knownToMs: number | null = null;
  #movedAtMs = 0;

  constructor(epoch: string, state: SilenceState) {
    this.#epoch = epoch;
    this.#told = state;
  }

  /**
   * @param knownToMs end of what the source has told, epoch ms
   * @returns the silence, if it has begun or ended
   */
  hear(knownToMs: number, nowMs: number): readonly IncidentReport[] {
    const told = this.#told;
    if (this.#knownToMs === null || knownToMs > this.#knownToMs) {
      const isFirst = this.#knownToMs === null;
      this.#knownToMs = knownToMs;
      this.#movedAtMs = nowMs;
      // After a restart it may be the same silence: it is over when something comes.
      const isOver = told !== null && (!isFirst || nowMs - knownToMs < SILENT_AFTER_MS);
      return isOver ? this.#ended(told, nowMs) : [];
    }
    if (told || nowMs - this.#movedAtMs < SILENT_AFTER_MS) return [];
    this.#told = silenceOf(this.#epoch, floorTo(knownToMs, MINUTE_MS), nowMs);
    return [this.#told];
  }

  toState(): SilenceState {
    return this.#told;
  }

  #ended(told: IncidentReport, nowMs: number): readonly IncidentReport[] {
    this.#told = null;
    const endMs = Math.max(told.updatedMs, floorTo(nowMs, MINUTE_MS));
    return [{ ...told, endMs, updatedMs: endMs }];
  }
}

function silenceOf(epoch: string, startMs: number, nowMs: number): IncidentReport {
  const sinceBins = Math.floor((nowMs - startMs) / MINUTE_MS);
  const since = { score: SCORE, sinceBins, watchedBins: sinceBins };
  const incident: Incident = {
    // Not the id of minutes that are told of as unused, which may begin at the same time.
    id: incidentIdOf(`feed\n${epoch}`, 'silence', TOTAL, startMs),
    kind: 'silence',
    root: TOTAL,
    startMs,
    peakMs: startMs,
    endMs: null,
    updatedMs: nowMs,
    foundMs: nowMs,
    severity: 'critical',
    score: SCORE,
    reason: { what: 'silence', direction: 'down', startMs, ratio: 0, view: null, ...since },
    extraMicroUsd: 0,
    extraMicroUsdPerHour: 0,
    impact: 1,
    members: [{ group: TOTAL, family: 'silence', startMs }],
    isQuick: false,
    mergedInto: null,
  };
  const sentence = 'The source tells nothing any more: what is used now is not known';
  return {
    ...incident,
    explanation: {
      measure: 'costMicroUsd',
      contributions: { customers: [], models: [], tenants: [] },
      first: null,
      decomposition: { volume: 0, size: 0, mix: 0, price: 0 },
      usualMicroUsdPerHour: 0,
      actualMicroUsdPerHour: 0,
      sentence,
    },
    history: [
      {
        atMs: nowMs,
        severity: 'critical',
        score: SCORE,
        extraMicroUsd: 0,
        extraMicroUsdPerHour: 0,
        sentence,
      },
    ],
    outline: null,
  };
}
