import type { AnomalySettings } from '#core/anomaly/settings.ts';
import { FINEST_MS, RESOLUTION_MS, ceilTo, floorTo } from '#core/time/resolution.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import type { MetricStore } from '../metric-store.ts';
import { Detector } from './detector.ts';
import { FeedSilence } from './feed-silence.ts';
import { type Learnt, type Point, packed, unpackedLearnt, unpackedPoint } from './kept-state.ts';
import type { Kept, LearntSlot, Save, ToDetection } from './messages.ts';
import { Rebuild, STEP_MS, isToKeep } from './rebuild.ts';
import { reconciled } from './reconcile.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const HOUR_MS = RESOLUTION_MS['1h'];
const DAY_MS = 24 * HOUR_MS;
/** What is told of at once, and what is watched before it: an incident is known by what was before. */
const TOLD_AT_ONCE_MS = DAY_MS;
const LEARNT_BEFORE_MS = 12 * HOUR_MS;
const REBUILT_MS = 30 * DAY_MS;
const BACKGROUND_AFTER_MS = 30_000;
/** Of the time of the background, in which others have the core: 2 of 3 parts. */
const RESTS = 2;
/** A point is kept at least as often, of the data's time. */
const POINT_EVERY_MS = 10 * MINUTE_MS;
const IDLE_MS = 500;
/** A server that was away for so long has missed nothing that a quick look would have shown. */
const SHORT_MS = 15 * MINUTE_MS;

export interface RunDeps {
  readonly store: MetricStore;
  readonly settings: AnomalySettings;
  readonly save: (save: Save) => void;
  readonly log: (message: string) => void;
  /** To measure how long a step took, in ms. */
  readonly clock: () => number;
  /** Called once, before the long work in the background begins. */
  readonly onBackground?: () => void;
  /** How far the past is watched in the background. */
  readonly rebuiltMs?: number;
  /** How long after the start that begins: whoever opens the page first goes first. */
  readonly backgroundAfterMs?: number;
}

/**
 * The detection of a server from its start on. It waits to be told what was kept, and goes on from there; if nothing was, it watches
 * the last day and a half first. Then it lives, and while it lives it watches the last 30 days in steps and takes over.
 */
export class DetectionRun {
  readonly #deps: RunDeps;
  #live: Detector;
  #firstMs: number;
  #silence: FeedSilence;
  #rebuild: Rebuild | null = null;
  #isRebuilt = false;
  #isResumed = false;
  #liveSinceMs = 0;
  /** Newest word on each incident that nobody was told yet. */
  readonly #unsaid = new Map<string, IncidentReport>();
  /** Of a detection that has not learnt for long, what it has told. */
  readonly #provisional = new Map<string, IncidentReport>();
  #settings: AnomalySettings;
  /** As told since the start; null: nothing was. */
  #wanted: AnomalySettings | null = null;
  #pointMs = 0;
  #learntMs = 0;
  #slot: LearntSlot = 0;
  #early: { readonly toMs: number; readonly learnt: Learnt } | null = null;

  /** @param nowMs the server's clock, epoch ms */
  constructor(deps: RunDeps, nowMs: number) {
    const { store } = deps;
    this.#deps = deps;
    this.#settings = deps.settings;
    this.#live = new Detector({ store, settings: [{ fromMs: 0, settings: deps.settings }] });
    this.#firstMs = this.#startOf(this.#minuteAt(nowMs) - TOLD_AT_ONCE_MS - LEARNT_BEFORE_MS);
    this.#live.lookFrom(this.#minuteAt(nowMs));
    this.#silence = new FeedSilence(store.epoch, null);
  }

  take(message: ToDetection, nowMs: number): void {
    if (message.type === 'settings') this.#configure(message.settings, nowMs);
    else this.#resume(message.point, message.learnt, nowMs);
  }

  /**
   * Does some of what is to be done: some tens of milliseconds of work.
   * @returns for how long there is nothing to do, ms
   */
  step(nowMs: number): number {
    // What is kept may make it needless, and without a ledger nobody could be told.
    if (!this.#isResumed) return IDLE_MS / 10;
    const startedMs = this.#deps.clock();
    const minuteMs = this.#minuteAt(nowMs);
    const watchedMs = this.#live.watchedToMs ?? this.#firstMs;
    const toMs = Math.min(minuteMs, watchedMs + STEP_MS);
    this.#note(this.#live.advance(this.#firstMs, toMs));
    this.#keepLearnt(toMs, minuteMs);
    if (toMs < minuteMs) {
      if (this.#isRebuilt) this.#say();
      return 0;
    }
    const knownMs = this.#deps.store.watermarkAt(nowMs) + 1;
    // Not when the clock was put back.
    if (knownMs > watchedMs) this.#note(this.#live.look(floorTo(knownMs, FINEST_MS)));
    this.#note(this.#silence.hear(knownMs, nowMs));
    this.#say();
    const { backgroundAfterMs = BACKGROUND_AFTER_MS } = this.#deps;
    if (this.#isRebuilt || nowMs < this.#liveSinceMs + backgroundAfterMs) return IDLE_MS;
    this.#rebuildOn(minuteMs);
    return Math.min(IDLE_MS, RESTS * (this.#deps.clock() - startedMs));
  }

  #configure(settings: AnomalySettings, nowMs: number): void {
    this.#wanted = settings;
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    this.#settings = settings;
    const { judgedToMs } = this.#live.toState();
    const fromMs = Math.max(judgedToMs, this.#live.watchedToMs ?? this.#minuteAt(nowMs));
    this.#live.configure(settings, fromMs);
    this.#rebuild?.detector.configure(settings, fromMs);
  }

  #resume(keptPoint: Kept | null, keptLearnt: readonly (Kept | null)[], nowMs: number): void {
    this.#isResumed = true;
    this.#liveSinceMs = nowMs;
    const point = keptPoint && unpackedPoint(keptPoint.state);
    const learnt = point && this.#learntFor(point, keptLearnt);
    const isTooOld = point && point.detector.judgedToMs < nowMs - REBUILT_MS;
    if (!point || !learnt || isTooOld) return;
    const { store } = this.#deps;
    const { detector: state, silence, isRebuilt, provisional } = point;
    this.#live = new Detector({ store, settings: state.settings, watch: learnt.watch, state });
    this.#live.lookFrom(Math.max(state.judgedToMs, this.#minuteAt(nowMs) - SHORT_MS));
    this.#settings = state.settings.at(-1)?.settings ?? this.#settings;
    this.#silence = new FeedSilence(store.epoch, silence);
    // What was learnt in the rebuild may not have been kept.
    this.#isRebuilt = isRebuilt && learnt.isRebuilt;
    this.#pointMs = state.judgedToMs;
    this.#early = null;
    this.#unsaid.clear();
    for (const one of provisional) this.#provisional.set(one.id, one);
    // Chosen since, and told before what was kept.
    if (this.#wanted) this.#configure(this.#wanted, nowMs);
  }

  /** What was learnt an hour before the point, so that the course of that hour is known again; else what was at all. */
  #learntFor({ detector, isRebuilt }: Point, kept: readonly (Kept | null)[]): Learnt | null {
    const all = kept.flatMap((one, slot) => {
      const learnt = one && unpackedLearnt(one.state);
      const toMs = learnt?.watch.nextMs ?? Number.POSITIVE_INFINITY;
      return learnt && toMs <= detector.judgedToMs ? [{ slot, toMs, learnt }] : [];
    });
    const rank = (one: (typeof all)[number]) =>
      (one.learnt.isRebuilt === isRebuilt ? 2 : 0) +
      (one.toMs <= detector.judgedToMs - HOUR_MS ? 1 : 0);
    const [best] = all.toSorted((a, b) => rank(b) - rank(a) || b.toMs - a.toMs);
    // The other place than that of the newest is written next, and not before an hour.
    const [newest] = all.toSorted((a, b) => b.toMs - a.toMs);
    this.#slot = newest?.slot === 0 ? 1 : 0;
    this.#learntMs = newest?.toMs ?? 0;
    return best?.learnt ?? null;
  }

  #note(reports: readonly IncidentReport[]): void {
    for (const report of reports) this.#unsaid.set(report.id, report);
  }

  #keepLearnt(watchedMs: number, minuteMs: number): void {
    const learnt = () => ({ watch: this.#live.watchState(), isRebuilt: this.#isRebuilt });
    // Of the first day and a half the same is kept as of any hour after it.
    if (this.#learntMs === 0) {
      if (isToKeep(watchedMs, minuteMs)) this.#early = { toMs: watchedMs, learnt: learnt() };
      return;
    }
    // Of a long time that was missed only the end is kept.
    const isDue = watchedMs - this.#learntMs >= HOUR_MS && minuteMs - watchedMs < 2 * HOUR_MS;
    if (isDue) this.#saveLearnt(watchedMs, learnt());
  }

  #saveLearnt(toMs: number, learnt: Learnt): void {
    const kept = { slot: this.#slot, atMs: toMs, state: packed(learnt) };
    this.#deps.save({ reports: [], point: null, learnt: kept });
    this.#slot = this.#slot === 0 ? 1 : 0;
    this.#learntMs = this.#live.watchedToMs ?? toMs;
  }

  /** Tells what there is, with the point that it belongs to. */
  #say(): void {
    if (this.#early) {
      this.#saveLearnt(this.#early.toMs, this.#early.learnt);
      this.#early = null;
    } else if (this.#learntMs === 0) {
      this.#saveLearnt(this.#live.watchedToMs ?? 0, {
        watch: this.#live.watchState(),
        isRebuilt: false,
      });
    }
    const reports = [...this.#unsaid.values()].filter((one) => this.#isRecent(one));
    this.#unsaid.clear();
    const { judgedToMs } = this.#live.toState();
    if (reports.length === 0 && judgedToMs - this.#pointMs < POINT_EVERY_MS) return;
    if (!this.#isRebuilt) for (const one of reports) this.#provisional.set(one.id, one);
    this.#pointMs = judgedToMs;
    this.#deps.save({ reports, point: this.#point(), learnt: null });
  }

  /** What a detection finds in what it learns from first is not told. */
  #isRecent({ endMs }: IncidentReport): boolean {
    return this.#isRebuilt || endMs === null || endMs > this.#firstMs + LEARNT_BEFORE_MS;
  }

  #point(): Kept {
    const detector = this.#live.toState();
    const provisional = this.#isRebuilt ? [] : [...this.#provisional.values()];
    const silence = this.#silence.toState();
    const point: Point = { detector, silence, isRebuilt: this.#isRebuilt, provisional };
    return { atMs: detector.judgedToMs, state: packed(point) };
  }

  #rebuildOn(minuteMs: number): void {
    const { store, rebuiltMs = REBUILT_MS } = this.#deps;
    if (!this.#rebuild) {
      this.#deps.onBackground?.();
      const settings = [{ fromMs: 0, settings: this.#settings }];
      this.#rebuild = new Rebuild(store, settings, this.#startOf(minuteMs - rebuiltMs));
    }
    if (this.#rebuild.step(minuteMs)) this.#takeOver(this.#rebuild, minuteMs);
  }

  #takeOver(rebuild: Rebuild, minuteMs: number): void {
    const told = [...this.#provisional.values()];
    rebuild.detector.adopt(told);
    const reports = reconciled(told, rebuild.found, minuteMs);
    this.#live = rebuild.detector;
    this.#live.lookFrom(minuteMs);
    this.#rebuild = null;
    this.#isRebuilt = true;
    this.#provisional.clear();
    const { toMs, watch } = rebuild.learnt ?? { toMs: minuteMs, watch: this.#live.watchState() };
    this.#saveLearnt(toMs, { watch, isRebuilt: true });
    this.#pointMs = minuteMs;
    this.#deps.save({ reports, point: this.#point(), learnt: null });
    this.#deps.log(`${reports.length} incidents of the past are known`);
  }

  /** End of the minutes that are complete. */
  #minuteAt(nowMs: number): number {
    return floorTo(this.#deps.store.watermarkAt(nowMs) + 1, MINUTE_MS);
  }

  /** Nothing is learnt from before the source began. */
  #startOf(fromMs: number): number {
    return Math.max(fromMs, ceilTo(this.#deps.store.earliestMs, MINUTE_MS));
  }
}
