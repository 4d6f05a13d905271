import type { ActualAndExpected } from './group-watch.ts';
import type { Groups } from './groups.ts';
import {
  type Incident,
  type Member,
  incidentIdOf,
  kindOf,
  reasonOf,
  severityOf,
} from './incident.ts';
import type { AnomalySettings } from './settings.ts';
import { type Strand, impactOf, nameOfStrand } from './strand.ts';

/** What it costs if it goes on is judged by so many minutes. */
const RECENT_MINUTES = 10;
const MINUTES_PER_HOUR = 60;

/** An incident with what is needed to carry it on. */
export interface Tracked {
  readonly incident: Incident;
  /** Group number of the root. */
  readonly group: number;
  /** Names of the strands that are of it. */
  readonly strands: readonly string[];
  /** Extra micro-dollars of the newest minutes, oldest first. */
  readonly recent: readonly number[];
  /** False: it costs less than the floor, and nobody was told. */
  readonly isRaised: boolean;
  /** Impact of the root in the newest minute, and in the worst. */
  readonly impact: number;
  readonly peakImpact: number;
}

/** A minute, or the part of one that was looked at. */
export interface Moment {
  readonly startMs: number;
  /** End of what was seen. */
  readonly seenToMs: number;
  readonly isQuick: boolean;
  readonly total: ActualAndExpected;
}

/** @param strands of the root's group, one at least; `root` is one of them */
export function begun(
  root: Strand,
  strands: readonly Strand[],
  { groups, epoch, settings }: { groups: Groups; epoch: string; settings: AnomalySettings },
  moment: Moment,
): Tracked {
  const key = groups.keyOf(root.group);
  const kind = kindOf(key, strands);
  const startMs = Math.min(...strands.map((one) => one.startMs));
  const deviations = strands.flatMap((one) => one.deviations);
  const reason = reasonOf(kind, deviations);
  const incident: Incident = {
    id: incidentIdOf(epoch, kind, key, startMs),
    kind,
    root: key,
    startMs,
    peakMs: moment.startMs,
    endMs: null,
    updatedMs: moment.seenToMs,
    foundMs: moment.seenToMs,
    severity: 'minor',
    score: reason.score,
    reason,
    extraMicroUsd: 0,
    extraMicroUsdPerHour: 0,
    impact: 0,
    members: [],
    isQuick: moment.isQuick,
    mergedInto: null,
  };
  const nothing = { strands: [], recent: [], isRaised: false, impact: 0, peakImpact: 0 };
  const tracked = { incident, group: root.group, ...nothing };
  return carriedOn(joined(tracked, strands, groups), strands, settings, moment);
}

/** The incident after another moment of it. @param own strands of its root, one at least */
export function carriedOn(
  tracked: Tracked,
  own: readonly Strand[],
  settings: AnomalySettings,
  moment: Moment,
): Tracked {
  const { incident } = tracked;
  const [first] = own;
  if (!first) return tracked;
  const extra = first.actual.costMicroUsd - first.expected.costMicroUsd;
  const recent = moment.isQuick ? [extra] : newest(incident.isQuick ? [] : tracked.recent, extra);
  const perHour = (recent.reduce((sum, one) => sum + one, 0) / recent.length) * MINUTES_PER_HOUR;
  const impact = Math.max(...own.map((one) => impactOf(one, moment.total)));
  const isPeak = impact > tracked.peakImpact;
  const deviations = own.flatMap((one) => one.deviations);
  const score = Math.max(incident.score, ...deviations.map((one) => one.score));
  const peakImpact = Math.max(impact, tracked.peakImpact);
  return {
    ...tracked,
    recent,
    impact,
    peakImpact,
    isRaised: tracked.isRaised || isWorthTelling(incident.kind, perHour, settings),
    incident: {
      ...incident,
      peakMs: isPeak ? moment.startMs : incident.peakMs,
      endMs: null,
      updatedMs: moment.seenToMs,
      severity: severityOf(score, peakImpact),
      score,
      reason: isPeak ? reasonOf(incident.kind, deviations) : incident.reason,
      extraMicroUsd: incident.extraMicroUsd + (moment.isQuick ? 0 : Math.round(extra)),
      extraMicroUsdPerHour: Math.round(perHour),
      impact: peakImpact,
      isQuick: moment.isQuick && incident.isQuick,
    },
  };
}

export function ended(tracked: Tracked, endMs: number, mergedInto: string | null = null): Tracked {
  return { ...tracked, incident: { ...tracked.incident, endMs, mergedInto } };
}

/** The incident with more strands. */
export function joined(tracked: Tracked, strands: readonly Strand[], groups: Groups): Tracked {
  if (strands.length === 0) return tracked;
  const added = strands.map(({ group, family, startMs }): Member => ({
    group: groups.keyOf(group),
    family,
    startMs,
  }));
  return {
    ...tracked,
    strands: [...tracked.strands, ...strands.map(nameOfStrand)],
    incident: { ...tracked.incident, members: [...tracked.incident.members, ...added] },
  };
}

/** Strands of the root among those of a minute. */
export function ownOf({ group, strands }: Tracked, all: readonly Strand[]): readonly Strand[] {
  return all.filter((one) => one.group === group && strands.includes(nameOfStrand(one)));
}

export function isOpen({ incident }: Tracked): boolean {
  return incident.endMs === null;
}

function newest(values: readonly number[], value: number): readonly number[] {
  return [...values.slice(1 - RECENT_MINUTES), value];
}

/** Only what is a matter of money is held against the floor. */
function isWorthTelling(
  kind: Incident['kind'],
  perHour: number,
  { floorMicroUsdPerHour }: AnomalySettings,
): boolean {
  const isOfMoney = kind === 'spend-spike' || kind === 'price-or-mix';
  return !isOfMoney || Math.abs(perHour) >= floorMicroUsdPerHour;
}
