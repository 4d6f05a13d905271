import { RESOLUTION_MS } from '../time/resolution.ts';
import { WATCHED, type Watched } from './measure.ts';

const BIN_MS = RESOLUTION_MS['1m'];
/** Kept of each group: what is shown before an incident, and time to find it. */
const MINUTES = 64;
/** Actual, and logarithms of trend, low and high. */
const FIELDS = 4;
const PER_MINUTE = WATCHED.length * FIELDS;

/** A stretch of minutes of one measure of one group; null: there was no value, or nothing could be said. */
export interface Course {
  /** Start of the first minute, epoch ms. */
  readonly fromMs: number;
  readonly actual: readonly (number | null)[];
  readonly usual: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Of one measure before a minute is learnt from: logarithms of the trend and of the band around it. */
export interface Outlook {
  readonly trend: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The newest minutes of every group, as they were and as they were expected to be: for the small chart of an incident. No
 * part of any state: whoever goes on from a saved state watches an hour again.
 */
export class RecentMinutes {
  readonly #groups: Float32Array[] = [];
  #fromMs = 0;
  #toMs = 0;

  /** Begins a minute of which all groups are told next. */
  begin(startMs: number): void {
    if (startMs !== this.#toMs) this.#fromMs = startMs;
    this.#toMs = startMs + BIN_MS;
    this.#fromMs = Math.max(this.#fromMs, this.#toMs - MINUTES * BIN_MS);
    const at = slotOf(startMs);
    // A group that is first seen later has nothing before.
    for (const group of this.#groups) group.fill(Number.NaN, at, at + PER_MINUTE);
  }

  put(
    group: number,
    values: readonly (number | null)[],
    outlooks: readonly (Outlook | null)[],
  ): void {
    const table = (this.#groups[group] ??= new Float32Array(MINUTES * PER_MINUTE).fill(Number.NaN));
    let at = slotOf(this.#toMs - BIN_MS);
    for (let i = 0; i < WATCHED.length; i++, at += FIELDS) {
      const outlook = outlooks[i];
      table[at] = values[i] ?? Number.NaN;
      table[at + 1] = outlook?.trend ?? Number.NaN;
      table[at + 2] = outlook?.low ?? Number.NaN;
      table[at + 3] = outlook?.high ?? Number.NaN;
    }
  }

  /** @param fromMs start of a minute; what is older than what is kept is left out */
  course(group: number, what: Watched, fromMs: number): Course {
    const table = this.#groups[group];
    const field = WATCHED.indexOf(what) * FIELDS;
    const firstMs = Math.max(fromMs, this.#fromMs);
    const course = emptyCourse(firstMs);
    for (let ms = firstMs; ms < this.#toMs; ms += BIN_MS) {
      const at = slotOf(ms) + field;
      course.actual.push(numberOf(table?.[at]));
      course.usual.push(exponentialOf(table?.[at + 1]));
      course.low.push(exponentialOf(table?.[at + 2]));
      course.high.push(exponentialOf(table?.[at + 3]));
    }
    return course;
  }
}

function emptyCourse(fromMs: number) {
  const none = (): (number | null)[] => [];
  return { fromMs, actual: none(), usual: none(), low: none(), high: none() };
}

function slotOf(startMs: number): number {
  return ((startMs / BIN_MS) % MINUTES) * PER_MINUTE;
}

function numberOf(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function exponentialOf(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : Math.exp(value);
}
