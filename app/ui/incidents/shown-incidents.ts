import { knownAt } from '#core/anomaly/known-at.ts';
import { type Standing, standingOf } from '#core/outbox/standing.ts';
import { RESOLUTION_MS } from '#core/time/resolution.ts';
import type { Anomaly } from '#core/wire/anomalies.ts';
import type { KnownIncident } from '#app/database/incidents.ts';
import { serverNowMs } from '../selectors.ts';
import type { PageState } from '../store.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];

/** An incident as the page shows it at its instant. */
export interface ShownIncident {
  /** What was known of it then. */
  readonly anomaly: Anomaly;
  /** How it stood then: what was decided later does not count. */
  readonly standing: Standing;
  /** How it stands now: what a new decision takes the place of. */
  readonly present: Standing;
}

const STATES = { open: 0, snoozed: 1, acknowledged: 2, dismissed: 3 } as const;
const SEVERITIES = { critical: 0, major: 1, minor: 2 } as const;

/** The instant whose past the page shows, epoch ms; null: real time. */
export function pastMsOf({ range }: Pick<PageState, 'range'>): number | null {
  return range.endMs;
}

/** What was asked for last, and from when until when the answer stays the same. */
interface Asked {
  readonly known: readonly KnownIncident[];
  readonly pastMs: number | null;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Whatever the page shows, the same incidents are the same objects until something changes about them. */
export class ShownIncidents {
  readonly #kept = new WeakMap<KnownIncident, { readonly key: string; shown: ShownIncident }>();
  #asked: Asked | null = null;
  /** As they are known, and as they are listed. */
  #found: readonly ShownIncident[] = [];
  #last: readonly ShownIncident[] = [];

  /** Open ones first, then by severity, those that go on, and money; null: the device has not been read yet. */
  of(page: PageState): readonly ShownIncident[] | null {
    return page.incidents && this.at(page.incidents, pastMsOf(page), serverNowMs(page));
  }

  /**
   * @param pastMs the instant that is looked at; null: real time, where all that is known is shown
   * @param nowMs server time
   */
  at(
    known: readonly KnownIncident[],
    pastMs: number | null,
    nowMs: number,
  ): readonly ShownIncident[] {
    const { known: before, pastMs: beforeMs, fromMs = 0, untilMs = 0 } = this.#asked ?? {};
    const isAsked = known === before && pastMs === beforeMs;
    if (isAsked && fromMs <= nowMs && nowMs < untilMs) return this.#last;
    this.#asked = { known, pastMs, fromMs: nowMs, untilMs: nextChangeMs(known, nowMs) };
    const found = known
      .filter(({ anomaly }) => pastMs === null || anomaly.foundMs <= pastMs)
      .map((one) => this.#one(one, pastMs, nowMs));
    if (!isSame(found, this.#found)) {
      this.#found = found;
      this.#last = found.toSorted(compared);
    }
    return this.#last;
  }

  #one(known: KnownIncident, pastMs: number | null, nowMs: number): ShownIncident {
    const { anomaly, ack, pending } = known;
    const present = standingOf(ack, pending, nowMs);
    const key = `${present.state}${pastMs === null ? '' : versionAt(known, pastMs)}`;
    const kept = this.#kept.get(known);
    if (kept?.key === key) return kept.shown;
    const shown =
      pastMs === null
        ? { anomaly, standing: present, present }
        : {
            anomaly: knownAt(anomaly, pastMs) ?? anomaly,
            standing: standingAt(known, pastMs),
            present,
          };
    this.#kept.set(known, { key, shown });
    return shown;
  }
}

function isSame(a: readonly ShownIncident[], b: readonly ShownIncident[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

/** When the next snooze is over, epoch ms. */
function nextChangeMs(known: readonly KnownIncident[], nowMs: number): number {
  const ends = known.map(({ ack, pending }) => standingOf(ack, pending, nowMs).untilMs ?? Infinity);
  return ends.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
}

/** Of an earlier decision nothing is known once a later one counts: until then it was open. */
function standingAt({ ack, pending }: KnownIncident, atMs: number): Standing {
  return standingOf(
    ack && ack.atMs <= atMs ? ack : undefined,
    pending.filter((one) => one.madeAtMs <= atMs),
    atMs,
  );
}

/** Alike for instants at which the same was known. */
function versionAt(known: KnownIncident, atMs: number): string {
  const { anomaly, ack, pending } = known;
  const { history, outline, updatedMs, endMs, startMs, peakMs } = anomaly;
  const isAfter = (ms: number | null | undefined) => typeof ms === 'number' && ms <= atMs;
  const endOfOutlineMs = outline ? outline.fromMs + outline.actual.length * outline.binMs : 0;
  const lastMs = Math.max(peakMs, startMs, endOfOutlineMs) + 2 * MINUTE_MS;
  const stepMs = Math.min(MINUTE_MS, Math.max(1, outline?.binMs ?? MINUTE_MS));
  return [
    history.filter((one) => isAfter(one.atMs)).length,
    isAfter(updatedMs),
    isAfter(endMs),
    // The peak and the drawing grow bin by bin, until they are whole.
    Math.floor((Math.min(atMs, lastMs) - (outline?.fromMs ?? 0)) / stepMs),
    isAfter(ack?.atMs),
    pending.filter((one) => isAfter(one.madeAtMs)).length,
    standingAt(known, atMs).state,
  ].join();
}

function compared(a: ShownIncident, b: ShownIncident): number {
  return (
    STATES[a.standing.state] - STATES[b.standing.state] ||
    SEVERITIES[a.anomaly.severity] - SEVERITIES[b.anomaly.severity] ||
    Number(a.anomaly.endMs !== null) - Number(b.anomaly.endMs !== null) ||
    atStake(b.anomaly) - atStake(a.anomaly) ||
    b.anomaly.startMs - a.anomaly.startMs ||
    (a.anomaly.id < b.anomaly.id ? -1 : 1)
  );
}

/** What it has cost, and what the next hour would; either way, micro-dollars. */
function atStake({ extraMicroUsd, extraMicroUsdPerHour, endMs }: Anomaly): number {
  return Math.abs(extraMicroUsd) + (endMs === null ? Math.abs(extraMicroUsdPerHour) : 0);
}
