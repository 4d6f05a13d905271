import type { Chunk } from '../rollup/chunk.ts';
import { FINEST_MS, floorTo } from '../time/resolution.ts';
import type { ActualAndExpected, Deviation, GroupAlarm } from './group-watch.ts';
import { isOdd } from './measure-watch.ts';
import { trustIn } from './signal.ts';
import type { Watched } from './measure.ts';
import { alarmLevelOf, type AnomalySettings } from './settings.ts';
import { BIN_MS, type MinuteReport, type Watch } from './watch.ts';

/** Looked at together: 15 s. */
const BUCKETS = 3;
const PER_MINUTE = BIN_MS / (BUCKETS * FINEST_MS);
/** Fifteen seconds stray further than a minute does. */
const EXTRA_LEVEL = 0.1;
/** Of one that has watched for weeks. Less counts less, and what is as far out scores less then. */
const FULL_TRUST = trustIn(40_320);
const LOOKED_AT = ['spend', 'calls'] as const satisfies readonly Watched[];

interface Amounts {
  costMicroUsd: number;
  calls: number;
}

/**
 * Looks at the last 15 s as if they were the next minute, so that a runaway shows before its first minute is over.
 * Keeps no records of its own: what is usual is known from the minutes watched.
 */
export class QuickLook {
  readonly #watch: Watch;
  #settings: AnomalySettings;
  /** Amounts by group, of the newest buckets. */
  readonly #buckets: Map<number, Amounts>[] = [];
  #nextMs: number | null = null;

  constructor(watch: Watch, settings: AnomalySettings) {
    this.#watch = watch;
    this.#settings = settings;
  }

  /** Judges by other settings from the next look on. */
  configure(settings: AnomalySettings): void {
    this.#settings = settings;
  }

  /**
   * Takes the 5 s buckets of a complete stretch, oldest first.
   * @returns groups that have just used far more than usual, as a report of the minute; null: too little was seen
   */
  push({ rows, fromMs, toMs }: Chunk): MinuteReport | null {
    if (fromMs !== this.#nextMs) this.#buckets.length = 0;
    let row = 0;
    for (let startMs = fromMs; startMs < toMs; startMs += FINEST_MS) {
      const bucket = new Map<number, Amounts>();
      for (; row < rows.length && (rows.bucketStartMs[row] ?? 0) === startMs; row++)
        for (const group of this.#watch.groups.of(rows.series[row] ?? 0)) {
          const amounts = bucket.get(group) ?? { costMicroUsd: 0, calls: 0 };
          amounts.costMicroUsd += rows.costMicroUsd[row] ?? 0;
          amounts.calls += rows.calls[row] ?? 0;
          bucket.set(group, amounts);
        }
      this.#buckets.push(bucket);
      if (this.#buckets.length > BUCKETS) this.#buckets.shift();
    }
    this.#nextMs = toMs;
    return this.#buckets.length < BUCKETS ? null : this.#look(toMs - FINEST_MS);
  }

  #look(atMs: number): MinuteReport {
    const alarms = [...(this.#buckets.at(-1)?.keys() ?? [])].flatMap((group): GroupAlarm[] => {
      const perMinute = this.#perMinute(group);
      const deviations = LOOKED_AT.flatMap((what) => this.#deviation(group, what, perMinute, atMs));
      return deviations.length === 0 ? [] : [this.#alarm(group, atMs, perMinute, deviations)];
    });
    const total = this.#actualAndExpected(0, this.#perMinute(0));
    return { startMs: floorTo(atMs, BIN_MS), alarms, total };
  }

  /** What a group would use in a minute as it did in the buckets looked at. */
  #perMinute(group: number): Amounts {
    const amounts = { costMicroUsd: 0, calls: 0 };
    for (const bucket of this.#buckets) {
      amounts.costMicroUsd += PER_MINUTE * (bucket.get(group)?.costMicroUsd ?? 0);
      amounts.calls += PER_MINUTE * (bucket.get(group)?.calls ?? 0);
    }
    return amounts;
  }

  #deviation(group: number, what: Watched, amounts: Amounts, atMs: number): readonly Deviation[] {
    const value = what === 'spend' ? amounts.costMicroUsd : amounts.calls;
    const expected = this.#watch.expected(group, what);
    const score = this.#watch.assess(group, what, value, atMs);
    if (!score || !expected || score.score < this.#levelFor(score.watchedBins)) return [];
    if (score.direction === 'down' || !isOdd(score)) return [];
    const { direction, sinceBins, watchedBins, signal: view } = score;
    const ratio = value / expected;
    const startMs = floorTo(atMs, BIN_MS);
    return [{ what, direction, startMs, ratio, score: score.score, view, sinceBins, watchedBins }];
  }

  /** What is as far out as by the full level after weeks; never less than a minute must be. */
  #levelFor(watchedBins: number): number {
    const level = alarmLevelOf(this.#settings);
    const beyond = level + EXTRA_LEVEL - 1;
    return Math.max(level, 1 + (beyond * trustIn(watchedBins)) / FULL_TRUST);
  }

  #alarm(
    group: number,
    atMs: number,
    amounts: Amounts,
    deviations: readonly Deviation[],
  ): GroupAlarm {
    const startMs = floorTo(atMs, BIN_MS);
    const flags = { isNew: true, isOver: false };
    return {
      group,
      startMs,
      atMs,
      ...flags,
      deviations,
      ...this.#actualAndExpected(group, amounts),
    };
  }

  /** Tokens and latency are not looked at. */
  #actualAndExpected(group: number, { costMicroUsd, calls }: Amounts): ActualAndExpected {
    const nothing = { tokens: 0, latencyMsSum: 0 };
    const expected = {
      ...nothing,
      costMicroUsd: this.#watch.expected(group, 'spend') ?? costMicroUsd,
      calls: this.#watch.expected(group, 'calls') ?? calls,
    };
    return { actual: { ...nothing, costMicroUsd, calls }, expected };
  }
}
