import type { Groups } from './groups.ts';
import type { Incident } from './incident.ts';
import { areRelated, isAlone, isCauseOf, isNarrower, rootOf } from './root.ts';
import type { AnomalySettings } from './settings.ts';
import { isAspectOf, isSideEffect } from './side-effects.ts';
import { type Strand, impactOf, nameOfStrand, strandsOf } from './strand.ts';
import {
  type Moment,
  type Tracked,
  begun,
  carriedOn,
  ended,
  isOpen,
  joined,
  ownOf,
} from './tracked.ts';
import { BIN_MS, type MinuteReport } from './watch.ts';

/** What begins so soon after an incident may be of it in any respect; later only in the same. */
const NEAR_MS = 3 * BIN_MS;
/** What comes back so soon has not ended. */
export const PAUSE_MS = 10 * BIN_MS;
/** A quick look that no minute confirms in this time was nothing. */
const CONFIRM_MS = 2 * BIN_MS;
/** What moves so many times as much as the root of an incident is no consequence of it. */
const TOO_MUCH = 2;

export interface IncidentsState {
  readonly tracked: readonly Tracked[];
}

export interface IncidentsOptions {
  /** Of the data. */
  readonly epoch: string;
  readonly settings: AnomalySettings;
}

/** Groups what is out of the ordinary, over groups and over time, into incidents. */
export class Incidents {
  readonly #groups: Groups;
  #options: IncidentsOptions;
  #tracked: readonly Tracked[];

  constructor(groups: Groups, options: IncidentsOptions, state?: IncidentsState) {
    this.#groups = groups;
    this.#options = options;
    this.#tracked = state?.tracked ?? [];
  }

  /** Incidents that go on, oldest first. */
  get open(): readonly Incident[] {
    return this.#tracked.filter((one) => one.isRaised && isOpen(one)).map((one) => one.incident);
  }

  /**
   * Takes the report of a minute, oldest first.
   * @returns the incidents that are new or have changed
   */
  push({ startMs, alarms, total }: MinuteReport): readonly Incident[] {
    const strands = alarms.flatMap((alarm) => (alarm.isOver ? [] : strandsOf(alarm)));
    const moment = { startMs, seenToMs: startMs + BIN_MS, isQuick: false, total };
    const before = this.#tracked;
    this.#tracked = before.map((one) => this.#carriedOn(one, strands, moment));
    this.#takeIn(strands, moment);
    const told = this.#toldSince(before);
    const present = new Set(strands.map(nameOfStrand));
    this.#tracked = this.#tracked.filter(
      (one) =>
        isOpen(one) ||
        (one.incident.endMs ?? 0) > startMs - PAUSE_MS ||
        one.strands.some((name) => present.has(name)),
    );
    return told;
  }

  /**
   * Takes what a quick look showed.
   * @param toMs end of the newest bucket looked at
   * @returns the incidents that are new or have changed
   */
  pushQuick({ startMs, alarms, total }: MinuteReport, toMs: number): readonly Incident[] {
    const before = this.#tracked;
    const moment = { startMs, seenToMs: toMs, isQuick: true, total };
    this.#takeIn(alarms.flatMap(strandsOf), moment);
    return this.#toldSince(before);
  }

  /** Tells by other settings from now on; what was told of goes on. */
  configure(settings: AnomalySettings): void {
    this.#options = { ...this.#options, settings };
  }

  toState(): IncidentsState {
    return { tracked: this.#tracked };
  }

  #toldSince(before: readonly Tracked[]): readonly Incident[] {
    return this.#tracked
      .filter((one) => one.isRaised && !before.includes(one))
      .map((one) => one.incident);
  }

  #carriedOn(one: Tracked, strands: readonly Strand[], moment: Moment): Tracked {
    const own = ownOf(one, strands);
    const { endMs, mergedInto, startMs, isQuick } = one.incident;
    if (own.length > 0) {
      const isPast = mergedInto !== null || (endMs !== null && endMs <= moment.startMs - PAUSE_MS);
      return isPast ? one : carriedOn(one, own, this.#options.settings, moment);
    }
    const isUnsure = isQuick && moment.startMs < startMs + CONFIRM_MS;
    return endMs === null && !isUnsure ? ended(one, moment.startMs) : one;
  }

  /** Gives each strand that is of no incident yet to one, or makes one of it. */
  #takeIn(strands: readonly Strand[], moment: Moment): void {
    const known = new Set(this.#tracked.flatMap((one) => one.strands));
    let fresh = strands.filter((one) => !known.has(nameOfStrand(one)));
    fresh = this.#shareOut(fresh, strands, moment);
    // Older ones are what is left of an incident that has ended.
    fresh = fresh.filter((one) => one.startMs >= moment.startMs - NEAR_MS);
    for (;;) {
      const root = rootOf(fresh, this.#groups, moment.total);
      if (!root) return;
      const own = fresh.filter((one) => one.group === root.group);
      const made = begun(root, own, { groups: this.#groups, ...this.#options }, moment);
      this.#tracked = [...this.#tracked.map((one) => this.#absorbed(one, made, moment)), made];
      fresh = this.#shareOut(
        fresh.filter((one) => one.group !== root.group),
        strands,
        moment,
      );
    }
  }

  /**
   * @param all strands of the moment
   * @returns strands that belong to no open incident
   */
  #shareOut(fresh: readonly Strand[], all: readonly Strand[], moment: Moment): Strand[] {
    const left: Strand[] = [];
    const taken = new Map<Tracked, Strand[]>();
    for (const strand of fresh) {
      const host = this.#tracked.find(
        (one) =>
          isOpen(one) &&
          this.#isOf(strand, one, fresh, moment) &&
          !this.#isRootOf(strand, one, all, moment),
      );
      if (host) taken.set(host, [...(taken.get(host) ?? []), strand]);
      else left.push(strand);
    }
    this.#tracked = this.#tracked.map((one) => joined(one, taken.get(one) ?? [], this.#groups));
    return left;
  }

  /** Whether a strand is a part or a consequence of an incident. */
  #isOf(strand: Strand, one: Tracked, fresh: readonly Strand[], { total }: Moment): boolean {
    if (!areRelated(strand.group, one.group, this.#groups)) return false;
    const { startMs, members } = one.incident;
    const families = members.map((member) => member.family);
    const isNear = Math.abs(strand.startMs - startMs) <= NEAR_MS;
    const isSame = families.includes(strand.family);
    if (strand.group === one.group) return isNear || isSame || isAspectOf(strand.family, families);
    const isWider = isNarrower(one.group, strand.group, this.#groups);
    if (isWider && this.#isShared(strand, one, fresh)) return false;
    const isConsequence = isSideEffect(strand.family, families, isWider);
    return (
      (isNear || isSame || isConsequence) && impactOf(strand, total) <= TOO_MUCH * one.peakImpact
    );
  }

  /** Whether a strand that shows just after a wider incident began is the cause of it. */
  #isRootOf(strand: Strand, one: Tracked, all: readonly Strand[], { total }: Moment): boolean {
    return (
      isNarrower(strand.group, one.group, this.#groups) &&
      Math.abs(strand.startMs - one.incident.startMs) <= NEAR_MS &&
      isCauseOf(strand, impactOf(strand, total), one.impact) &&
      isAlone(strand, all, this.#groups)
    );
  }

  /** Whether a wider group does what it does as a whole, or customers that the incident is not about began to do the same. */
  #isShared(strand: Strand, { group }: Tracked, fresh: readonly Strand[]): boolean {
    if (strand.family === 'silence' || strand.family === 'stuck') return true;
    return fresh.some(
      (one) =>
        one.family === strand.family &&
        this.#groups.keyOf(one.group).dimension === 'customer' &&
        areRelated(one.group, strand.group, this.#groups) &&
        !areRelated(one.group, group, this.#groups),
    );
  }

  /** An incident that began just before was a first sign of one that explains it. */
  #absorbed(one: Tracked, by: Tracked, { startMs }: Moment): Tracked {
    const isNear = Math.abs(one.incident.startMs - by.incident.startMs) <= NEAR_MS;
    if (!isOpen(one) || !isNear || !areRelated(one.group, by.group, this.#groups)) return one;
    const isPart = isNarrower(one.group, by.group, this.#groups)
      ? by.peakImpact > TOO_MUCH * one.peakImpact
      : TOO_MUCH * by.peakImpact > one.peakImpact;
    return isPart ? ended(one, startMs, by.incident.id) : one;
  }
}
