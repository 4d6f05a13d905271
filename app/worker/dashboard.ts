import { buildFrame, chunksShown, isWindowKnown, spendRateAt } from '#core/view/build-frame.ts';
import { windowAt } from '#core/view/window.ts';
import { type Filter, isSameFilter } from '#core/view/filter.ts';
import type { Frame, SpendRate } from '#core/view/frame.ts';
import { edgeOf } from '#core/view/playhead.ts';
import type { Cache } from './cache.ts';
import type { DataSet } from './data-set.ts';
import type { Environment } from './environment.ts';
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
  #frame: Frame | null;
  #builtFrom = '';
  /** Whether the frame shows the newest data, or what is cached from before. */
  #isAtEdge = false;
  #holdingSinceMs: number | null = null;

  /** @param frame what is on screen already, which stays until there is something to replace it */
  constructor(environment: Environment, cache: Cache, clock: ServerClock, frame: Frame | null) {
    this.#environment = environment;
    this.#cache = cache;
    this.#clock = clock;
    this.#playout = new Playout(environment);
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
  frameSince(since: number, filter: Filter): Frame | null {
    this.#refresh(filter);
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
    const isSliced = this.#frame !== null && !isSameFilter(this.#frame.filter, filter);
    if (isSliced && cached?.epoch === this.#frame?.epoch && cached && this.#frame) {
      this.#show(cached, this.#frame.playheadMs, filter);
    }
    if (!this.#frame && cached && cachedToMs !== undefined) {
      this.#show(cached, cachedToMs - 1, filter);
    }
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
    const { version } = this.#cache;
    const { epoch, series } = set;
    const chunks = chunksShown(set.chunks, playheadMs);
    // Chunks never change and never overlap: as long as as many are in sight, they are the same.
    const { toMs } = windowAt(playheadMs);
    const builtFrom = JSON.stringify([epoch, toMs, chunks.length, version, filter]);
    if (builtFrom === this.#builtFrom) return;
    this.#builtFrom = builtFrom;
    const number = (this.#frame?.number ?? 0) + 1;
    this.#frame = buildFrame({ number, epoch, filter, playheadMs, series, chunks });
  }
}
