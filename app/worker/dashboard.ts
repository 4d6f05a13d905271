import {
  buildFrame,
  type FrameInputs,
  chunksShown,
  isWindowKnown,
  spendRateAt,
} from '#core/view/build-frame.ts';
import {
  bestKnown,
  isSameRange,
  REAL_TIME,
  type Window,
  windowAt,
  windowsOf,
} from '#core/view/window.ts';
import { ceilTo, floorTo, RESOLUTION_MS } from '#core/time/resolution.ts';
import type { Stretch } from '#core/live/history-plan.ts';
import { type Filter, isSameFilter } from '#core/view/filter.ts';
import type { Frame, SpendRate } from '#core/view/frame.ts';
import { type Known, newestKnown, settledKnown } from '#core/time/known.ts';
import { FIRST_LOOK, type Look } from '#core/view/look.ts';
import { edgeOf } from '#core/view/playhead.ts';
import type { Cache } from './cache.ts';
import type { DataSet } from './data-set.ts';
import type { Environment } from './environment.ts';
import { Expectations } from './expectations.ts';
import { Past } from './past.ts';
import { Playout } from './playout.ts';
import type { ServerClock } from './server-clock.ts';

/** Longest that the screen waits for history while the server answers; then it shows the gaps, ms. */
const LONGEST_HOLD_MS = 10_000;

/** Decides which instant of which data set the page shows, and builds its frame. */
export class Dashboard {
  readonly #environment: Environment;
  readonly #cache: Cache;
  readonly #clock: ServerClock;
  readonly #playout: Playout;
  readonly #past: Past;
  readonly #expectations: Expectations;
  #frame: Frame | null;
  #builtFrom = '';
  /** Whether the frame shows the newest data, or what is cached from before. */
  #isAtEdge = false;
  #holdingSinceMs: number | null = null;
  /** What the user looks at, where that is more than is always fetched; null: it is not. */
  wanted: Stretch | null = null;

  /** @param frame what is on screen already, which stays until there is something to replace it */
  constructor(environment: Environment, cache: Cache, clock: ServerClock, frame: Frame | null) {
    this.#environment = environment;
    this.#cache = cache;
    this.#clock = clock;
    this.#playout = new Playout(environment);
    this.#past = new Past(cache.store, environment.compression);
    this.#expectations = new Expectations(environment, cache.store);
    this.#frame = frame;
  }

  /** What is on screen; null: nothing is. */
  get frame(): Frame | null {
    return this.#frame;
  }

  /** @param delayMs how far behind the server the screen shall be; it gets there without a jump */
  setPlayoutDelay(delayMs: number): void {
    this.#playout.setTarget(delayMs);
  }

  /** The newest frame, or null when it is not newer than number `since`. */
  frameSince(since: number, look: Look = FIRST_LOOK): Frame | null {
    this.wanted = null;
    const set = this.#cache.current ?? this.#cache.previous;
    if (isSameRange(look.range, REAL_TIME)) this.#refresh(look.filter);
    else if (set) this.#refreshFrom(set, look);
    return this.#frame && this.#frame.number > since ? this.#frame : null;
  }

  /** The spend rate of this moment, the bucket that is filling included; null: nothing is on screen. */
  spendRate(filter: Filter): SpendRate | null {
    const { current, open } = this.#cache;
    if (!this.#frame) return null;
    if (!this.#isAtEdge || !current || !open) return this.#frame.spendRate;
    const chunks = [...current.chunks, open];
    return spendRateAt({ chunks, series: current.series, filter }, open.toMs);
  }

  /** What is new is shown once it covers the window; until then, what is on screen stays. */
  #refresh(filter: Filter): void {
    const { current, previous } = this.#cache;
    const newest = current && this.#edgeOf(current);
    if (current && newest !== null && this.#isReady(current, newest)) {
      this.#isAtEdge = true;
      this.#show(current, newest, filter);
      return;
    }
    this.#isAtEdge = false;
    const cached = previous ?? current;
    const cachedToMs = cached?.coverage['5s'].at(-1)?.toMs;
    const wasRealTime = this.#frame !== null && isSameRange(this.#frame.range, REAL_TIME);
    const isSliced = this.#frame !== null && !isSameFilter(this.#frame.filter, filter);
    if (wasRealTime && isSliced && cached?.epoch === this.#frame?.epoch && cached && this.#frame) {
      this.#show(cached, this.#frame.playheadMs, filter);
    }
    if (!wasRealTime && cached && cachedToMs !== undefined) {
      this.#show(cached, cachedToMs - 1, filter);
    }
  }

  /** A window that is not in memory is shown as soon as it was read, with its gaps. */
  #refreshFrom(set: DataSet, { filter, range, zone, aheadMs }: Look): void {
    const edgeMs = this.#edgeOf(set);
    if (edgeMs === null) return;
    const isRealTime = range.endMs === null;
    const windows = windowsOf(range, edgeMs);
    this.wanted = wantedFor(windows[0], edgeMs, aheadMs);
    const shown = bestKnown(windows, set.coverage);
    const playheadMs = isRealTime ? edgeMs : shown.toMs - 1;
    const span = { fromMs: 2 * shown.fromMs - shown.toMs, toMs: shown.toMs };
    const chunks = this.#past.chunksOf(set, shown.resolution, span, aheadMs);
    if (!chunks) return;
    this.#isAtEdge = isRealTime;
    const recent = isRealTime ? { recent: set.chunks } : {};
    this.#build(
      set,
      { filter, range, zone, playheadMs, shown, chunks, ...recent },
      [shown.toMs, this.#past.loads],
      aheadMs,
    );
  }

  #edgeOf(set: DataSet): number | null {
    const toMs = set.coverage['5s'].at(-1)?.toMs;
    if (toMs === undefined) return null;
    return edgeOf({
      watermarkMs: toMs - 1,
      serverNowMs: this.#clock.now(),
      isHearing: this.#clock.isHearing,
      playoutDelayMs: this.#playout.delayMs(),
    });
  }

  #isReady(set: DataSet, playheadMs: number): boolean {
    if (isWindowKnown(set.chunks, playheadMs)) {
      this.#holdingSinceMs = null;
      return true;
    }
    if (!this.#clock.isHearing) return false;
    const now = this.#environment.steadyNow();
    this.#holdingSinceMs ??= now;
    return now - this.#holdingSinceMs > LONGEST_HOLD_MS;
  }

  #show(set: DataSet, playheadMs: number, filter: Filter): void {
    const chunks = chunksShown(set.chunks, playheadMs);
    // Chunks never change and never overlap: as long as as many are in sight, they are the same.
    const { toMs } = windowAt(playheadMs);
    this.#build(set, { filter, playheadMs, chunks }, [toMs, chunks.length]);
  }

  #knownOf({ coverage, live }: DataSet): Known {
    return newestKnown({ coverage, live, outages: this.#cache.outages.known });
  }

  /** @param state changes whenever the numbers may */
  #build(
    set: DataSet,
    inputs: Omit<FrameInputs, 'number' | 'epoch' | 'series'>,
    state: number[],
    aheadMs = 0,
  ) {
    const { epoch, series } = set;
    const { filter, range, zone } = inputs;
    const known = this.#knownOf(set);
    const window = inputs.shown ?? windowAt(inputs.playheadMs);
    const { version } = this.#cache;
    const log = this.#expectations.of(set, { filter, window, aheadMs, version });
    const asked = [version, this.#expectations.version, filter, range, zone];
    const builtFrom = JSON.stringify([epoch, state, asked, settledKnown(known, window)]);
    if (builtFrom === this.#builtFrom) return;
    this.#builtFrom = builtFrom;
    const number = (this.#frame?.number ?? 0) + 1;
    const expected = log?.expectedIn(window) ?? null;
    this.#frame = buildFrame({ ...inputs, number, epoch, series, known, expected });
  }
}

/** What shall be fetched for a window, if it is not there: the same at the finest, and what follows. */
function wantedFor({ resolution, fromMs, toMs }: Window, edgeMs: number, aheadMs: number): Stretch {
  const stepMs = RESOLUTION_MS[resolution];
  const soonMs = Math.min(ceilTo(toMs + aheadMs, stepMs), floorTo(edgeMs + 1, stepMs));
  return { resolution, fromMs, toMs: Math.max(toMs, soonMs) };
}
