import { ForecastLog } from '#core/anomaly/forecast-log.ts';
import { type Learning, learningFor } from '#core/anomaly/learning.ts';
import { clipTo, type IntervalSet, isCovered } from '#core/time/intervals.ts';
import { floorTo, RESOLUTION_MS } from '#core/time/resolution.ts';
import { type Filter, sliceOf } from '#core/view/filter.ts';
import type { Window } from '#core/view/window.ts';
import type { DataSet } from './data-set.ts';
import type { Environment } from './environment.ts';
import { unpackSegment } from './packing.ts';
import type { SegmentStore } from './segment-store.ts';

const DAY_MS = 86_400_000;
/** Slices that are remembered, those shown last. */
const MOST_SLICES = 4;
/** Bins that are read at once, so that memory stays small and frames are built in between. */
const BINS_AT_ONCE = 180;
/** While history comes in, what was learnt is learnt anew no more often than this, ms, nor for more than a tenth of the time. */
const LEAST_BETWEEN_MS = 5_000;
const REST_PER_READ = 9;
/** What is shown for less than this is not learnt: reading it would hold up what is looked for instead, ms. */
const SHOWN_FOR_MS = 900;

/** What a page shows of a slice. */
interface Shown {
  readonly filter: Filter;
  readonly window: Window;
  /** How much of what follows will be asked for within seconds, ms. */
  readonly aheadMs: number;
  /** Changes when the data are others. */
  readonly version: number;
}

interface Learnt {
  readonly version: number;
  readonly log: ForecastLog;
  /** What was stored of the span that was learnt, when it was read. */
  covered: IntervalSet;
  /** End of what was read; what is damaged of it is a gap. */
  readToMs: number;
}

interface Entry {
  /** What is shown; null: nothing was learnt yet. */
  learnt: Learnt | null;
  /** When it was first asked for, and when it was last begun anew, on the steady clock, ms. */
  readonly askedAtMs: number;
  begunAtMs: number;
  /** How long it took to read it whole, ms. */
  tookMs: number;
}

/** Learns what is usual of the slices that are shown from what is cached, beside the frames and never before them. */
export class Expectations {
  readonly #environment: Environment;
  readonly #store: SegmentStore;
  /** By what is learnt; the one shown last is the last. */
  readonly #entries = new Map<string, Entry>();
  #isReading = false;
  /** Rises when more was learnt. */
  version = 0;

  constructor(environment: Environment, store: SegmentStore) {
    this.#environment = environment;
    this.#store = store;
  }

  /** What is known by now of what a window was expected to show; what is missing is learnt for the next frame. */
  of(set: DataSet, shown: Shown): ForecastLog | null {
    const learning = learningFor(shown.window.bucketMs);
    const entry = this.#entryOf(JSON.stringify([set.epoch, learning.resolution, shown.filter]));
    const isLookedAt = this.#environment.steadyNow() - entry.askedAtMs >= SHOWN_FOR_MS;
    if (isLookedAt && !this.#isReading) this.#learnMore(entry, learning, set, shown);
    return entry.learnt?.log ?? null;
  }

  #entryOf(name: string): Entry {
    const askedAtMs = this.#environment.steadyNow();
    const entry = this.#entries.get(name) ?? { learnt: null, askedAtMs, begunAtMs: 0, tookMs: 0 };
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size > MOST_SLICES) this.#entries.delete(oldest);
    return entry;
  }

  #learnMore(entry: Entry, learning: Learning, set: DataSet, shown: Shown): void {
    const { window, aheadMs, version } = shown;
    const covered = set.coverage[learning.resolution];
    // Whole days, so that a window that is moved a little goes on with what was learnt.
    const fromMs = floorTo(window.fromMs - learning.beforeMs, DAY_MS);
    const soonMs = floorTo(window.toMs + 2 * aheadMs, RESOLUTION_MS[learning.resolution]);
    const toMs = clipTo(covered, { fromMs, toMs: soonMs }).at(-1)?.toMs;
    if (toMs === undefined) return;
    const { learnt } = entry;
    if (learnt && goesOn(learnt, { fromMs, toMs }, window)) {
      const isSame = learnt.version === version && !isMoreThan(learnt, covered);
      const sinceMs = this.#environment.steadyNow() - entry.begunAtMs;
      const isSoon = sinceMs < Math.max(LEAST_BETWEEN_MS, (1 + REST_PER_READ) * entry.tookMs);
      if (isSame || isSoon) {
        // Twice as far as will be asked for soon, so that it is seldom read while the past is played.
        const isDue = Math.min(toMs, window.toMs + aheadMs) > learnt.readToMs;
        if (isSame && isDue) void this.#read(entry, learnt, set, shown, toMs);
        return;
      }
    }
    entry.begunAtMs = this.#environment.steadyNow();
    const log = new ForecastLog(learning, fromMs);
    const fresh = { version, log, covered: [], readToMs: fromMs };
    void this.#read(entry, fresh, set, shown, toMs);
  }

  async #read(
    entry: Entry,
    learnt: Learnt,
    set: DataSet,
    { filter, window }: Shown,
    toMs: number,
  ): Promise<void> {
    this.#isReading = true;
    const { log } = learnt;
    const { resolution } = learningFor(window.bucketMs);
    const covered = clipTo(set.coverage[resolution], { fromMs: log.fromMs, toMs });
    const mostMs = BINS_AT_ONCE * RESOLUTION_MS[resolution];
    try {
      for (const span of stretchesOf(learnt.readToMs, toMs, mostMs)) {
        const segments = await this.#store.segmentsIn(set.epoch, resolution, span);
        const slice = sliceOf(filter, set.series);
        for (const segment of segments) {
          const chunk = await unpackSegment(this.#environment.compression, segment);
          if (chunk) log.learn(chunk, slice, toMs);
        }
      }
      const isWhole = entry.learnt !== learnt;
      if (isWhole) entry.tookMs = this.#environment.steadyNow() - entry.begunAtMs;
      learnt.covered = covered;
      learnt.readToMs = toMs;
      entry.learnt = learnt;
      this.version++;
    } catch {
      // Storage that fails is found, classed and told by whoever writes; the next question tries again.
    }
    this.#isReading = false;
  }
}

/** Whether a window can be told of by learning on from where one is. */
function goesOn({ log }: Learnt, wanted: { fromMs: number; toMs: number }, window: Window) {
  const isFar = wanted.fromMs > log.toMs;
  return log.fromMs <= wanted.fromMs && log.keptFromMs <= window.fromMs && !isFar;
}

/** Whether more is stored of what was learnt than there was then: history came in. */
function isMoreThan({ log, covered }: Learnt, now: IntervalSet): boolean {
  const { keptFromMs, toMs } = log;
  return clipTo(now, { fromMs: keptFromMs, toMs }).some((one) => !isCovered(covered, one));
}

function* stretchesOf(fromMs: number, toMs: number, mostMs: number) {
  for (let at = fromMs; at < toMs; at += mostMs) {
    yield { fromMs: at, toMs: Math.min(at + mostMs, toMs) };
  }
}
