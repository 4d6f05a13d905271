import { floorTo } from '#core/time/resolution.ts';
import { playheadAt } from '#core/view/playback.ts';
import { isSameRange, REAL_TIME } from '#core/view/window.ts';
import { readClock } from './clock.ts';
import { edgeMs } from './selectors.ts';
import type { PageState, PageStore } from './store.ts';
import { writeAddress } from './address.ts';

/** The charts are drawn anew at most ten times a second. */
const LEAST_MS = 100;
/** A frame that has not come by then is not waited for. */
const LONGEST_WAIT_MS = 2_000;
/** Browsers refuse an address that changes all the time. */
const ADDRESS_EVERY_MS = 1_000;
/** The page was hidden, or the device slept: nobody saw what would have been played. */
const ABSENT_MS = 1_000;

/** While the past is played, moves the range of the page on: one clock for everything that is shown. */
export function startPlayback(store: PageStore): { close(): void } {
  let request: number | null = null;
  const step = new Steps(store);
  const run = () => {
    request = null;
    if (store.getState().playback === null) return;
    step.take(readClock().steadyMs);
    request = requestAnimationFrame(run);
  };
  const follow = ({ playback }: PageState, before: PageState) => {
    if (playback !== null && before.playback === null) step.begin();
    if (playback !== null) request ??= requestAnimationFrame(run);
  };
  const unsubscribe = store.subscribe(follow);
  follow(store.getState(), { ...store.getState(), playback: null });
  return {
    close() {
      unsubscribe();
      if (request !== null) cancelAnimationFrame(request);
    },
  };
}

class Steps {
  readonly #store: PageStore;
  #seenAtMs: number | null = null;
  #movedAtMs = 0;
  #addressAtMs = 0;

  constructor(store: PageStore) {
    this.#store = store;
  }

  begin(): void {
    this.#seenAtMs = null;
  }

  /** @param steadyMs now, on the clock of the playback */
  take(steadyMs: number): void {
    const page = this.#store.getState();
    if (!page.playback) return;
    const seenAtMs = this.#seenAtMs ?? steadyMs;
    this.#seenAtMs = steadyMs;
    if (steadyMs - seenAtMs > ABSENT_MS) {
      const fromMs = playheadAt(page.playback, seenAtMs);
      this.#store.setState({ playback: { ...page.playback, fromMs, sinceMs: steadyMs } });
      return;
    }
    const playheadMs = playheadAt(page.playback, steadyMs);
    if (playheadMs >= edgeMs(page)) this.#end(page);
    else if (this.#isTurn(page, steadyMs)) this.#move(page, playheadMs, steadyMs);
  }

  /** What was asked for last is on screen first. */
  #isTurn({ frame, range }: PageState, steadyMs: number): boolean {
    const sinceMs = steadyMs - this.#movedAtMs;
    const isShown = frame !== null && isSameRange(frame.range, range);
    return sinceMs >= (isShown ? LEAST_MS : LONGEST_WAIT_MS);
  }

  #move({ frame, range }: PageState, playheadMs: number, steadyMs: number): void {
    // Between two buckets nothing changes but the time.
    const endMs = floorTo(playheadMs, frame?.tokenSeries.resolutionMs ?? 1);
    if (range.endMs !== null && endMs <= range.endMs) return;
    this.#movedAtMs = steadyMs;
    this.#store.setState({ range: { ...range, endMs } });
    if (steadyMs - this.#addressAtMs < ADDRESS_EVERY_MS) return;
    this.#addressAtMs = steadyMs;
    writeAddress(this.#store.getState(), 'replace');
  }

  /** The past has caught up with the present: live, where there is a server; otherwise it stands there. */
  #end(page: PageState): void {
    const isLive = page.connection.kind === 'live';
    const endMs = isLive ? REAL_TIME.endMs : edgeMs(page);
    this.#store.setState({ playback: null, range: { ...page.range, endMs } });
    writeAddress(this.#store.getState(), 'replace');
  }
}
