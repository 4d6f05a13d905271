/** One moment, read from both clocks of this device. */
export interface Moment {
  /** The wall clock, epoch ms; people and other programs may set it. */
  readonly wallMs: number;
  /** A clock that never jumps, its zero near the epoch, ms: the one that `ConnectionState` uses. */
  readonly steadyMs: number;
}

/** How often the page re-reads the time: ages and countdowns are told in whole seconds. */
const TICK_MS = 1_000;

export function readClock(): Moment {
  return { wallMs: Date.now(), steadyMs: performance.timeOrigin + performance.now() };
}

/** Tells the time once a second, and at once when the page is shown again. */
export function startClock(tell: (now: Moment) => void): { close(): void } {
  const tick = () => tell(readClock());
  const timer = setInterval(tick, TICK_MS);
  document.addEventListener('visibilitychange', tick);
  return {
    close() {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    },
  };
}
