import type { Rollup } from '../rollup/rollup.ts';
import { RESOLUTION_MS } from '../time/resolution.ts';
import { MeasureWatch, type MeasureWatchState } from './measure-watch.ts';
import { WATCHED, type Watched } from './measure.ts';
import type { Outlook } from './recent-minutes.ts';
import type { Band, BinScore, SignalName } from './record-band.ts';
import { type Run, RunRecord, type RunState } from './run-record.ts';
import type { Direction } from './signal.ts';

const BIN_MS = RESOLUTION_MS['1m'];
/** What lasts longer is no incident any more but how it is. */
const MOST_BINS = 480;
const SILENCE = { of: 'zero', warmUpBins: 120 } as const;
const SILENCE_LEAST_BINS = 2;
const STUCK = { of: 'equal', warmUpBins: 120 } as const;
const STUCK_LEAST_BINS = 5;
/** Expected calls in a bin of which at least one always comes. */
const BUSY_CALLS = 30;

/** One way in which a group is out of the ordinary in one bin. */
export interface Deviation {
  /** 'silence': no calls; 'stuck': the same number of tokens again and again. */
  readonly what: Watched | 'silence' | 'stuck';
  readonly direction: Direction;
  /** Start of its first bin, epoch ms. */
  readonly startMs: number;
  /** Value / what would be usual. */
  readonly ratio: number;
  /** As of a bin; runs score 1.5. */
  readonly score: number;
  /** The view that stood out; null: an exact test. */
  readonly view: SignalName | null;
  /** Bins since it was last this extreme (of a run: its length), and bins that it was watched. */
  readonly sinceBins: number;
  readonly watchedBins: number;
}

export interface ActualAndExpected {
  readonly actual: Rollup;
  /** What would be if nothing was the matter; latency with the calls that there were. */
  readonly expected: Rollup;
}

/** A group that is out of the ordinary in a bin, or was until then. */
export interface GroupAlarm extends ActualAndExpected {
  readonly group: number;
  /** Start of the first bin of the alarm, epoch ms. */
  readonly startMs: number;
  /** Start of this bin. */
  readonly atMs: number;
  readonly isNew: boolean;
  /** This bin is the first that is ordinary again, or that is taken for ordinary. */
  readonly isOver: boolean;
  /** None if it is over. */
  readonly deviations: readonly Deviation[];
}

interface Alarm {
  readonly startMs: number;
  readonly bins: number;
}

export interface GroupWatchState {
  readonly measures: readonly MeasureWatchState[];
  readonly silence: RunState;
  readonly stuck: RunState;
  readonly alarm: Alarm | null;
}

/** The bin to be taken. */
export interface GroupBin {
  readonly group: number;
  readonly startMs: number;
  readonly localHour: number;
  readonly sums: Rollup;
  /** Of the sums, in the order of `WATCHED`. */
  readonly values: readonly (number | null)[];
}

const RUN_SCORE = 1.5;

/** Watches a group by all its measures. While one of them is out of the ordinary, none of them learns. */
export class GroupWatch {
  readonly #measures: readonly MeasureWatch[];
  readonly #silence: RunRecord;
  readonly #stuck: RunRecord;
  #alarm: Alarm | null;

  constructor(state?: GroupWatchState) {
    this.#measures = WATCHED.map((_, i) => new MeasureWatch(state?.measures[i]));
    this.#silence = new RunRecord(SILENCE, state?.silence);
    this.#stuck = new RunRecord(STUCK, state?.stuck);
    this.#alarm = state?.alarm ?? null;
  }

  /**
   * Takes the next bin.
   * @param level least score of an alarm
   * @param watchesRuns whether silence and being stuck count; they are recorded anyway
   * @returns null: all is as usual
   */
  push(bin: GroupBin, level: number, watchesRuns: boolean): GroupAlarm | null {
    const { values } = bin;
    const scores = this.#measures.map((measure, i) =>
      measure.assess(values[i] ?? null, bin.localHour),
    );
    this.#begin(scores, level, bin.startMs);
    for (const [i, measure] of this.#measures.entries()) measure.followOn(values[i] ?? null);
    const runs = this.#runsOf(bin, watchesRuns);
    const isOut = runs.length > 0 || this.#measures.some((one) => one.stray !== null);
    const before = this.#alarm;
    if (!isOut || (before !== null && before.bins >= MOST_BINS)) return this.#settle(bin, values);
    const startMs = before?.startMs ?? Math.min(bin.startMs, ...runs.map((run) => run.startMs));
    this.#alarm = { startMs, bins: (before?.bins ?? 0) + 1 };
    const expected = this.expectedFor(bin.sums);
    const deviations = [...this.#strays(scores, values), ...runs];
    for (const measure of this.#measures) measure.hold(bin.localHour);
    return alarmOf(bin, { startMs, isNew: before === null, isOver: false, deviations, expected });
  }

  /** How unusual a value would be in the next bin; null: nothing can be said. */
  assess(what: Watched, value: number, localHour: number): BinScore | null {
    return this.#measure(what)?.assess(value, localHour) ?? null;
  }

  /** What a measure would be if nothing was the matter; null: nothing can be said. */
  expected(what: Watched): number | null {
    return this.#measure(what)?.expected ?? null;
  }

  /** What the next bin would be if nothing was the matter; latency with the calls that there were. */
  expectedFor(actual: Rollup): Rollup {
    const latency = this.expected('latency');
    return {
      calls: this.expected('calls') ?? actual.calls,
      tokens: this.expected('tokens') ?? actual.tokens,
      costMicroUsd: this.expected('spend') ?? actual.costMicroUsd,
      latencyMsSum: latency === null ? actual.latencyMsSum : latency * actual.calls,
    };
  }

  expectedBand(what: Watched): Band | null {
    return this.#measure(what)?.expectedBand ?? null;
  }

  /** Of each measure, what the next bin is expected to be; null: nothing can be said. */
  get outlooks(): readonly (Outlook | null)[] {
    return this.#measures.map((measure) => measure.outlook);
  }

  toState(): GroupWatchState {
    return {
      measures: this.#measures.map((measure) => measure.toState()),
      silence: this.#silence.toState(),
      stuck: this.#stuck.toState(),
      alarm: this.#alarm,
    };
  }

  #measure(what: Watched): MeasureWatch | undefined {
    return this.#measures[WATCHED.indexOf(what)];
  }

  #begin(scores: readonly (BinScore | null)[], level: number, startMs: number): void {
    for (const [i, measure] of this.#measures.entries()) {
      const score = scores[i];
      if (!score || measure.stray) continue;
      // Nobody minds a quick answer.
      if (WATCHED[i] === 'latency' && score.direction === 'down') continue;
      if (measure.alarms(score, level)) measure.follow(score.direction, startMs);
    }
  }
  /** Learns from a bin, and ends the alarm if there is one. */
  #settle(bin: GroupBin, values: readonly (number | null)[]): GroupAlarm | null {
    const before = this.#alarm;
    const expected = this.expectedFor(bin.sums);
    this.#alarm = null;
    for (const [i, measure] of this.#measures.entries()) {
      measure.accept();
      if ((values[i] ?? 0) > 0) measure.learn();
    }
    if (!before) return null;
    const { startMs } = before;
    return alarmOf(bin, { startMs, isNew: false, isOver: true, deviations: [], expected });
  }

  #strays(
    scores: readonly (BinScore | null)[],
    values: readonly (number | null)[],
  ): readonly Deviation[] {
    return WATCHED.flatMap((what, i): Deviation[] => {
      const stray = this.#measures[i]?.stray;
      const value = values[i];
      const expected = this.#measures[i]?.expected;
      if (!stray || value === null || value === undefined || !expected) return [];
      const score = scores[i];
      return [
        {
          what,
          direction: stray.direction,
          startMs: stray.startMs,
          ratio: value / expected,
          score: score?.score ?? 0,
          view: score?.signal ?? null,
          sinceBins: score?.sinceBins ?? 0,
          watchedBins: score?.watchedBins ?? 0,
        },
      ];
    });
  }

  #runsOf({ startMs, sums }: GroupBin, watchesRuns: boolean): readonly Deviation[] {
    // One bin without a call is enough where calls are many and there were always some.
    const isBusy = (this.expected('calls') ?? 0) >= BUSY_CALLS;
    const silence = this.#silence.push(sums.calls, isBusy ? 1 : SILENCE_LEAST_BINS);
    const stuck = this.#stuck.push(sums.tokens, STUCK_LEAST_BINS);
    if (!watchesRuns) return [];
    return [
      ...deviationOf('silence', silence, 0, startMs),
      ...deviationOf('stuck', stuck, 1, startMs),
    ];
  }
}

function deviationOf(
  what: 'silence' | 'stuck',
  run: Run,
  ratio: number,
  atMs: number,
): readonly Deviation[] {
  const { length, bins, isAlarm } = run;
  if (!isAlarm || length > MOST_BINS) return [];
  const startMs = atMs - (length - 1) * BIN_MS;
  const since = { sinceBins: length, watchedBins: bins };
  return [{ what, direction: 'down', startMs, ratio, score: RUN_SCORE, view: null, ...since }];
}

function alarmOf(
  { group, startMs, sums }: GroupBin,
  rest: Omit<GroupAlarm, 'group' | 'atMs' | 'actual'>,
): GroupAlarm {
  return { group, atMs: startMs, actual: sums, ...rest };
}
