import type { Chunk } from '../rollup/chunk.ts';
import type { RollupRows } from '../rollup/rollup.ts';
import type { SeriesDictionary } from '../rollup/series.ts';
import { RESOLUTION_MS } from '../time/resolution.ts';
import {
  type ActualAndExpected,
  type GroupAlarm,
  GroupWatch,
  type GroupWatchState,
} from './group-watch.ts';
import { type GroupKey, Groups } from './groups.ts';
import { localHourOf } from './local-hour.ts';
import { type Sums, WATCHED, type Watched, emptySums, measured } from './measure.ts';
import { type Course, RecentMinutes } from './recent-minutes.ts';
import type { Band, BinScore } from './record-band.ts';
import { type AnomalySettings, alarmLevelOf } from './settings.ts';

export const BIN_MS = RESOLUTION_MS['1m'];

/** A customer of at least this part of all spend is missed when it is silent. */
const LARGE_PART = 0.02;

/** All that is out of the ordinary in one minute, and what was until then. */
export interface MinuteReport {
  /** Epoch ms. */
  readonly startMs: number;
  readonly alarms: readonly GroupAlarm[];
  /** What everybody used, and would use if nothing was the matter. */
  readonly total: ActualAndExpected;
}

export interface WatchState {
  readonly nextMs: number | null;
  readonly groups: readonly { readonly key: GroupKey; readonly state: GroupWatchState }[];
}

export interface WatchOptions {
  readonly settings: AnomalySettings;
  /** Local time - UTC, of whose clock on the wall the hours of the day are. */
  readonly utcOffsetMinutes: number;
}

/** Watches the total, every tenant, every model and every customer, minute by minute, oldest first. */
export class Watch {
  readonly groups: Groups;
  readonly #recent = new RecentMinutes();
  #options: WatchOptions;
  readonly #watches: GroupWatch[] = [];
  readonly #sums: Sums[] = [];
  #nextMs: number | null;

  /** @param series grows with the data; ids are never given twice */
  constructor(series: SeriesDictionary, options: WatchOptions, state?: WatchState) {
    this.groups = new Groups(series);
    this.#options = options;
    this.#nextMs = state?.nextMs ?? null;
    for (let id = 0; id < series.size; id++) this.groups.of(id);
    const states = new Map(
      state?.groups.map(({ key, state: one }) => [this.groups.numberOf(key), one]),
    );
    for (let group = 0; group < this.groups.size; group++)
      this.#watches.push(new GroupWatch(states.get(group)));
  }

  /** End of what was watched, epoch ms; null: nothing was. */
  get watchedToMs(): number | null {
    return this.#nextMs;
  }

  /**
   * Takes the minutes of a complete stretch: one without rows was not used. What was watched before is passed over.
   * @param chunk 1-minute rollups, bounds in whole minutes
   */
  push({ rows, fromMs, toMs }: Chunk): readonly MinuteReport[] {
    const reports: MinuteReport[] = [];
    let row = 0;
    for (let startMs = fromMs; startMs < toMs; startMs += BIN_MS) {
      const isNew = this.#nextMs === null || startMs >= this.#nextMs;
      row = this.#addUp(rows, row, startMs, isNew);
      if (!isNew) continue;
      reports.push(this.#takeMinute(startMs));
      this.#nextMs = startMs + BIN_MS;
    }
    return reports;
  }

  /** How unusual a value of a group would be in the next minute; null: nothing can be said. */
  assess(group: number, what: Watched, value: number, atMs: number): BinScore | null {
    return this.#watches[group]?.assess(what, value, this.#localHour(atMs)) ?? null;
  }

  /** The trend; null: nothing can be said. In the unit of the measure, per minute. */
  expected(group: number, what: Watched): number | null {
    return this.#watches[group]?.expected(what) ?? null;
  }

  /** The band of what would not stand out in the next minute. */
  expectedBand(group: number, what: Watched): Band | null {
    return this.#watches[group]?.expectedBand(what) ?? null;
  }

  /**
   * How a measure of a group went of late, up to `watchedToMs`, beside what was expected of it: about the last hour.
   * @param fromMs start of a minute; what is older than what is kept is left out
   */
  course(group: number, what: Watched, fromMs: number): Course {
    return this.#recent.course(group, what, fromMs);
  }

  /** Judges by other settings from the next minute on. */
  configure(settings: AnomalySettings): void {
    this.#options = { ...this.#options, settings };
  }

  toState(): WatchState {
    return {
      nextMs: this.#nextMs,
      groups: this.#watches.map((watch, group) => ({
        key: this.groups.keyOf(group),
        state: watch.toState(),
      })),
    };
  }

  /** @returns the first row after the minute */
  #addUp(rows: RollupRows, from: number, startMs: number, counts: boolean): number {
    this.#sums.length = 0;
    let row = from;
    for (; row < rows.length && (rows.bucketStartMs[row] ?? 0) < startMs + BIN_MS; row++) {
      if (!counts) continue;
      for (const group of this.groups.of(rows.series[row] ?? 0)) {
        const sums = (this.#sums[group] ??= emptySums());
        sums.calls += rows.calls[row] ?? 0;
        sums.tokens += rows.tokens[row] ?? 0;
        sums.costMicroUsd += rows.costMicroUsd[row] ?? 0;
        sums.latencyMsSum += rows.latencyMsSum[row] ?? 0;
      }
    }
    return row;
  }

  #takeMinute(startMs: number): MinuteReport {
    const level = alarmLevelOf(this.#options.settings);
    const localHour = this.#localHour(startMs);
    const alarms: GroupAlarm[] = [];
    const actual = { ...(this.#sums[0] ?? NOTHING_YET) };
    const expected = this.#watches[0]?.expectedFor(actual) ?? actual;
    this.#recent.begin(startMs);
    for (let group = 0; group < this.groups.size; group++) {
      const watch = (this.#watches[group] ??= new GroupWatch());
      const sums = { ...(this.#sums[group] ?? NOTHING_YET) };
      const values = WATCHED.map((what) => measured(what, sums));
      this.#recent.put(group, values, watch.outlooks);
      const bin = { group, startMs, localHour, sums, values };
      const alarm = watch.push(bin, level, this.#watchesRuns(group));
      if (alarm) alarms.push(alarm);
    }
    return { startMs, alarms, total: { actual, expected } };
  }

  /** A small customer may pause: only the eager want to hear of it. */
  #watchesRuns(group: number): boolean {
    const { dimension } = this.groups.keyOf(group);
    if (dimension !== 'customer' || this.#options.settings.sensitivity === 'high') return true;
    const all = this.expected(0, 'spend') ?? 0;
    return (this.expected(group, 'spend') ?? 0) >= LARGE_PART * all;
  }

  #localHour(atMs: number): number {
    return localHourOf(atMs, this.#options.utcOffsetMinutes);
  }
}

const NOTHING_YET: Sums = emptySums();
