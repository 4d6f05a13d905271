import { buildFrame, isWindowKnown, windowAt } from '#core/view/build-frame.ts';
import { NO_FILTER } from '#core/view/filter.ts';
import type { Frame } from '#core/view/frame.ts';
import { edgeOf } from '#core/view/playhead.ts';
import type { Cache } from './cache.ts';
import type { DataSet } from './data-set.ts';
import type { Environment } from './environment.ts';
import type { ServerClock } from './server-clock.ts';

/** Longest that the screen waits for history while the server answers; then it shows the gaps, ms. */
const LONGEST_HOLD_MS = 10_000;

/** Decides which instant of which data set the page shows, and builds its frame. */
export class Dashboard {
  readonly #environment: Environment;
  readonly #cache: Cache;
  readonly #clock: ServerClock;
  readonly #playoutDelayMs: number;
  #frame: Frame | null;
  #builtFrom = '';
  #holdingSinceMs: number | null = null;

  /** @param frame what is on screen already, which stays until there is something to replace it */
  constructor(
    environment: Environment,
    cache: Cache,
    clock: ServerClock,
    playoutDelayMs: number,
    frame: Frame | null,
  ) {
    this.#environment = environment;
    this.#cache = cache;
    this.#clock = clock;
    this.#playoutDelayMs = playoutDelayMs;
    this.#frame = frame;
  }

  /** What is on screen; null: nothing is. */
  get frame(): Frame | null {
    return this.#frame;
  }

  /** The newest frame, or null when it is not newer than number `since`. */
  frameSince(since: number): Frame | null {
    this.#refresh();
    return this.#frame && this.#frame.number > since ? this.#frame : null;
  }

  /** What is new is shown once it covers the window; until then, what is on screen stays. */
  #refresh(): void {
    const { current, previous } = this.#cache;
    const newest = current && this.#edgeOf(current);
    if (current && newest !== null && this.#isReady(current, newest)) {
      this.#show(current, newest);
      return;
    }
    const cached = previous ?? current;
    const cachedToMs = cached?.coverage.at(-1)?.toMs;
    if (!this.#frame && cached && cachedToMs !== undefined) this.#show(cached, cachedToMs - 1);
  }

  #edgeOf(set: DataSet): number | null {
    const toMs = set.coverage.at(-1)?.toMs;
    if (toMs === undefined) return null;
    return edgeOf({
      watermarkMs: toMs - 1,
      serverNowMs: this.#clock.now(),
      isHearing: this.#clock.isHearing,
      playoutDelayMs: this.#playoutDelayMs,
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

  #show(set: DataSet, playheadMs: number): void {
    const builtFrom = `${set.epoch} ${windowAt(playheadMs).toMs} ${this.#cache.version}`;
    if (builtFrom === this.#builtFrom) return;
    this.#builtFrom = builtFrom;
    const number = (this.#frame?.number ?? 0) + 1;
    const { epoch, series, chunks } = set;
    this.#frame = buildFrame({ number, epoch, filter: NO_FILTER, playheadMs, series, chunks });
  }
}
