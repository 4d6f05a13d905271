import { RESOLUTION_MS, floorTo } from '../time/resolution.ts';
import type { Anomaly } from '../wire/anomalies.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];

type Outline = NonNullable<Anomaly['outline']>;

/**
 * An incident as it was told at an earlier time. Who contributed is told as it is known today: of that, only the sentence
 * is kept.
 * @param atMs epoch ms
 * @returns null: it was not found yet
 */
export function knownAt(anomaly: Anomaly, atMs: number): Anomaly | null {
  const { foundMs, startMs, endMs, updatedMs, peakMs } = anomaly;
  if (atMs < foundMs) return null;
  const told = toldAt(anomaly, atMs);
  const isOver = endMs !== null && atMs >= endMs;
  const lastMinuteMs = Math.max(startMs, floorTo(atMs, MINUTE_MS) - MINUTE_MS);
  return {
    ...anomaly,
    ...told,
    peakMs: Math.min(peakMs, lastMinuteMs),
    endMs: isOver ? endMs : null,
    mergedInto: isOver ? anomaly.mergedInto : null,
    updatedMs: Math.min(updatedMs, atMs),
    members: anomaly.members.filter((one) => one.startMs < atMs),
    // Found before its first minute was over: by a quick look.
    isQuick: anomaly.isQuick || atMs < startMs + MINUTE_MS,
    history: anomaly.history.filter((one) => one.atMs <= atMs),
    outline: anomaly.outline && cutAt(anomaly.outline, atMs),
  };
}

/** What was said then; what is said today, from its update on. */
function toldAt(anomaly: Anomaly, atMs: number): Partial<Anomaly> {
  const { history, updatedMs, explanation } = anomaly;
  if (atMs >= updatedMs) return {};
  // The oldest if there is none from before: that of its beginning may have been thinned out.
  const told = history.findLast((one) => one.atMs <= atMs) ?? history[0];
  if (!told) return {};
  const { severity, score, extraMicroUsd, extraMicroUsdPerHour, sentence } = told;
  return {
    severity,
    score,
    extraMicroUsd,
    extraMicroUsdPerHour,
    explanation: explanation && sentence !== '' ? { ...explanation, sentence } : null,
  };
}

/** The bins that had ended; null: none had. */
function cutAt(outline: Outline, atMs: number): Outline | null {
  const count = Math.floor((atMs - outline.fromMs) / outline.binMs);
  if (count <= 0) return null;
  return {
    ...outline,
    actual: outline.actual.slice(0, count),
    usual: outline.usual.slice(0, count),
    low: outline.low.slice(0, count),
    high: outline.high.slice(0, count),
  };
}
