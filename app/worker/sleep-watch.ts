import type { Cancel, Environment } from './environment.ts';

const BEAT_MS = 5_000;
/** A beat that comes this late was slept through: the device was, or the browser froze the page, ms. */
const SLEPT_MS = 10_000;

/** Calls back when time has passed in which nothing ran, as connections have often died meanwhile. */
export function watchForSleep(environment: Environment, onWake: () => void): { close(): void } {
  let cancel: Cancel;
  const beat = () => {
    const beforeMs = environment.wallNow();
    cancel = environment.after(BEAT_MS, () => {
      const sleptMs = environment.wallNow() - beforeMs - BEAT_MS;
      beat();
      if (sleptMs > SLEPT_MS) onWake();
    });
  };
  beat();
  return { close: () => cancel() };
}
