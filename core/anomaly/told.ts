import { RESOLUTION_MS } from '../time/resolution.ts';
import type { IncidentReport } from '../wire/incidents.ts';

/** What was said of an incident at one time. */
export type Told = IncidentReport['history'][number];

const MOST_TOLD = 24;
const MINUTE_MS = RESOLUTION_MS['1m'];
/** An amount has clearly moved when it has by this part, and by more than a dollar. */
const CLEARLY = 0.1;
const LEAST_MICRO_USD = 1_000_000;

/** Whether somebody who was told the one would want to hear the other at once. */
export function isClearlyOther(before: Told, now: Told): boolean {
  return (
    before.severity !== now.severity ||
    hasMoved(before.extraMicroUsd, now.extraMicroUsd) ||
    hasMoved(before.extraMicroUsdPerHour, now.extraMicroUsdPerHour)
  );
}

/** What was said until now and what is said now. Where there is too much, what was said for the shortest time goes first. */
export function withTold(history: readonly Told[], now: Told): readonly Told[] {
  const last = history.at(-1);
  if (!last) return [now];
  if (last.sentence === now.sentence && !isClearlyOther(last, now)) return history;
  const before = last.atMs >= now.atMs ? history.slice(0, -1) : history;
  return thinned([...before, now]);
}

function thinned(history: readonly Told[]): readonly Told[] {
  if (history.length <= MOST_TOLD) return history;
  let least = 1;
  let shortestMs = Number.POSITIVE_INFINITY;
  // Neither the first word nor the newest.
  for (let i = 1; i < history.length - 1; i++) {
    const [before, one, after] = [history[i - 1], history[i], history[i + 1]];
    if (!before || !one || !after) continue;
    // A change of severity is worth an hour of anything else.
    const worthMs = before.severity === one.severity ? 0 : 60 * MINUTE_MS;
    const lastedMs = after.atMs - before.atMs + worthMs;
    if (lastedMs >= shortestMs) continue;
    least = i;
    shortestMs = lastedMs;
  }
  return thinned(history.toSpliced(least, 1));
}

function hasMoved(before: number, now: number): boolean {
  return Math.abs(now - before) > Math.max(LEAST_MICRO_USD, CLEARLY * Math.abs(before));
}
