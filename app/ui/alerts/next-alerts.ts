import { standingOf } from '#core/outbox/standing.ts';
import type { Anomaly } from '#core/wire/anomalies.ts';
import type { KnownIncident } from '#app/database/incidents.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from './alert-choice.ts';

/** What nobody has dealt with is counted for so long after it was found, unless it goes on, ms. */
const COUNTED_MS = 86_400_000;
/** What was told of is remembered for so long, ms: by then nothing of before can be news. */
const REMEMBERED_MS = 7 * 86_400_000;
/** More at once become one notification. */
const MOST_SINGLE = 3;

/** Incidents that the user knows of already, by id. */
export type Told = Readonly<Record<string, ToldOf>>;

interface ToldOf {
  /** When it was found, epoch ms. */
  readonly foundMs: number;
  /** A notification of it may be on the screen. */
  readonly isShown: boolean;
}

export interface AlertInputs {
  readonly incidents: readonly KnownIncident[];
  readonly told: Told;
  /** Server time, epoch ms. */
  readonly nowMs: number;
  /** What was found before is no news: it was there when the page was opened, or before anybody wanted to hear. */
  readonly sinceMs: number;
  /** Somebody sees a page of ours. */
  readonly isWatched: boolean;
  /** The least that a notification is wanted for; null: none are. */
  readonly least: AlertSeverity | null;
}

export interface Alerts {
  /** Each of them is one notification. */
  readonly show: readonly (readonly Anomaly[])[];
  /** Ids of incidents that need no notification any more. */
  readonly close: readonly string[];
  readonly hasNewCritical: boolean;
  readonly told: Told;
}

/** What to tell of, once. What is found while somebody looks counts as told. */
export function nextAlerts({ incidents, told, ...inputs }: AlertInputs): Alerts {
  const { nowMs, sinceMs, isWatched, least } = inputs;
  const open = incidents.filter((one) => isOpen(one, nowMs)).map((one) => one.anomaly);
  const fresh = open.filter((one) => one.endMs === null && one.foundMs >= sinceMs && !told[one.id]);
  const isWanted = ({ severity }: Anomaly) =>
    least !== null && ALERT_SEVERITIES.indexOf(severity) >= ALERT_SEVERITIES.indexOf(least);
  // Seen, but not grave enough: it may become so.
  const known = fresh.filter((one) => isWatched || isWanted(one) || one.severity === 'critical');
  const shown = isWatched ? [] : known.filter(isWanted);
  const openIds = new Set(open.map((one) => one.id));
  const close = Object.entries(told)
    .filter(([id, { isShown }]) => isShown && !openIds.has(id))
    .map(([id]) => id);
  const next = Object.entries(told)
    .filter(([, { foundMs }]) => foundMs > nowMs - REMEMBERED_MS)
    .map(([id, one]): [string, ToldOf] => [
      id,
      close.includes(id) ? { ...one, isShown: false } : one,
    ]);
  const added = known.map((one): [string, ToldOf] => [
    one.id,
    { foundMs: one.foundMs, isShown: shown.includes(one) },
  ]);
  return {
    show: bundled(shown),
    close,
    hasNewCritical: known.some((one) => one.severity === 'critical'),
    told: Object.fromEntries([...next, ...added]),
  };
}

/** How many incidents nobody has dealt with: those that go on, and those of the last day. */
export function unattendedCount(incidents: readonly KnownIncident[], nowMs: number): number {
  return incidents.filter(
    (one) =>
      isOpen(one, nowMs) &&
      (one.anomaly.endMs === null || one.anomaly.foundMs > nowMs - COUNTED_MS),
  ).length;
}

function isOpen({ ack, pending }: KnownIncident, nowMs: number): boolean {
  return standingOf(ack, pending, nowMs).state === 'open';
}

/** The gravest first. */
function bundled(shown: readonly Anomaly[]): readonly (readonly Anomaly[])[] {
  const rank = ({ severity }: Anomaly) => ALERT_SEVERITIES.indexOf(severity);
  const sorted = shown.toSorted((a, b) => rank(b) - rank(a));
  return sorted.length > MOST_SINGLE ? [sorted] : sorted.map((one) => [one]);
}
