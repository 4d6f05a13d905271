import { RESOLUTION_MS } from '../time/resolution.ts';
import type { IncidentReport } from '../wire/incidents.ts';
import { boundedExplanation, boundedMembers } from './bounded.ts';
import { type Evidence, explain } from './explain.ts';
import type { Incident } from './incident.ts';
import { PAUSE_MS } from './incidents.ts';
import { BEFORE_MS, extended, outlineOf, rounded, shownBy } from './outline.ts';
import { type Told, isClearlyOther, withTold } from './told.ts';
import type { Watch } from './watch.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const HOUR_MS = RESOLUTION_MS['1h'];
/** Of an incident that goes on and does not clearly change. */
const WORD_EVERY_MS = 5 * MINUTE_MS;

type Outline = NonNullable<IncidentReport['outline']>;

/** An incident that goes on, or ended a short while ago. */
interface Followed {
  readonly incident: Incident;
  readonly outline: Outline | null;
  /** End of what the outline has. */
  readonly outlinedToMs: number;
  readonly history: readonly Told[];
  /** As last told; null: nobody was told. */
  readonly told: Incident | null;
  /** When another found it first; null: it was found here. */
  readonly foundMs: number | null;
}

export interface ChronicleState {
  readonly followed: readonly Followed[];
}

export interface ChronicleDeps {
  readonly watch: Watch;
  readonly evidenceOf: (incident: Incident) => Evidence;
}

/**
 * Follows incidents from when they are found until some minutes after their end, and writes down what is to be told of them: explained,
 * with what was said before and a small chart. Tells when there is something to tell, not with every minute.
 */
export class Chronicle {
  readonly #watch: Watch;
  readonly #evidenceOf: (incident: Incident) => Evidence;
  #followed: readonly Followed[];

  constructor({ watch, evidenceOf }: ChronicleDeps, state?: ChronicleState) {
    this.#watch = watch;
    this.#evidenceOf = evidenceOf;
    this.#followed = state?.followed ?? [];
  }

  /**
   * Takes what a minute, or a quick look, changed. To be called for every minute.
   * @param changed as told by `Incidents`
   * @param atMs end of what was seen
   * @returns what is to be told
   */
  take(changed: readonly Incident[], atMs: number): readonly IncidentReport[] {
    const known = new Set(this.#followed.map((one) => one.incident.id));
    const now = new Map(changed.map((one) => [one.id, one]));
    const all = [
      ...this.#followed.map((one) => ({
        ...one,
        incident: now.get(one.incident.id) ?? one.incident,
      })),
      ...changed.filter((one) => !known.has(one.id)).map(begun),
    ].map((one) => this.#outlined(one));
    const reports: IncidentReport[] = [];
    this.#followed = all.flatMap((one): Followed[] => {
      const isLast = isPast(one.incident, atMs);
      const told = isDue(one, atMs) || isLast ? this.#told(one, reports) : one;
      return isLast ? [] : [told];
    });
    return reports;
  }

  /** Goes on from what another has said of the same incidents, if it has found them earlier. */
  adopt(told: readonly IncidentReport[]): void {
    const before = new Map(told.map((one) => [one.id, one]));
    this.#followed = this.#followed.map((one) => {
      const earlier = before.get(one.incident.id);
      if (!earlier || earlier.foundMs >= one.incident.foundMs) return one;
      return { ...one, history: earlier.history, foundMs: earlier.foundMs };
    });
  }

  toState(): ChronicleState {
    return { followed: this.#followed };
  }

  #told(one: Followed, reports: IncidentReport[]): Followed {
    const { outline } = one;
    const incident = estimated(one.incident);
    const explanation = boundedExplanation(explain(incident, this.#evidenceOf(incident)));
    const history = withTold(one.history, toldOf(incident, explanation.sentence));
    reports.push({
      ...incident,
      foundMs: one.foundMs ?? incident.foundMs,
      members: boundedMembers(incident.members),
      explanation,
      history,
      outline: outline && rounded(outline),
    });
    return { ...one, history, told: one.incident };
  }

  /** With the minutes that are new. */
  #outlined(one: Followed): Followed {
    const { incident, outline, outlinedToMs } = one;
    const toMs = this.#watch.watchedToMs ?? 0;
    const group = this.#watch.groups.numberOf(incident.root);
    if (group === undefined || (outline && outlinedToMs >= toMs)) return one;
    const fromMs = incident.startMs - BEFORE_MS;
    const what = shownBy(incident);
    if (!outline || outline.what !== what) {
      const course = this.#watch.course(group, what, fromMs);
      // What stands out may change early; later the beginning is not kept any more.
      if (!outline || course.fromMs === Math.max(fromMs, outline.fromMs))
        return { ...one, outline: outlineOf(what, course), outlinedToMs: toMs };
    }
    const course = this.#watch.course(group, outline.what, outlinedToMs);
    return { ...one, outline: extended(outline, outlinedToMs, course), outlinedToMs: toMs };
  }
}

function begun(incident: Incident): Followed {
  return { incident, outline: null, outlinedToMs: 0, history: [], told: null, foundMs: null };
}

/** Of a quick look nothing is added up: what it has cost by now is what it costs in an hour, in part. */
function estimated(incident: Incident): Incident {
  const { isQuick, extraMicroUsd, extraMicroUsdPerHour, startMs, updatedMs } = incident;
  if (!isQuick || extraMicroUsd !== 0) return incident;
  const extra = Math.round((extraMicroUsdPerHour * (updatedMs - startMs)) / HOUR_MS);
  return { ...incident, extraMicroUsd: extra };
}

/** It cannot come back as the same. */
function isPast({ endMs }: Incident, atMs: number): boolean {
  return endMs !== null && atMs > endMs + PAUSE_MS;
}

function isDue({ incident, told, history }: Followed, atMs: number): boolean {
  if (!told || told.endMs !== incident.endMs || told.isQuick !== incident.isQuick) return true;
  if (told.mergedInto !== incident.mergedInto) return true;
  if (told.updatedMs === incident.updatedMs || incident.endMs !== null) return false;
  const last = history.at(-1);
  return (
    atMs % WORD_EVERY_MS === 0 || !last || isClearlyOther(last, toldOf(incident, last.sentence))
  );
}

function toldOf(incident: Incident, sentence: string): Told {
  const { updatedMs: atMs, severity, score, extraMicroUsd, extraMicroUsdPerHour } = incident;
  return { atMs, severity, score, extraMicroUsd, extraMicroUsdPerHour, sentence };
}
