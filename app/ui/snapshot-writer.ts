import { writeSnapshot } from './snapshot.ts';
import type { PageStore } from './store.ts';

const WRITE_EVERY_MS = 5_000;

/**
 * Keeps the newest frame for the next visit: at most every 5 s, and when the page is hidden or left.
 * A frame in which nothing is complete is not worth keeping.
 */
export function startSnapshotWriter(store: PageStore): { close(): void } {
  let kept = store.getState().frame;
  let keptAtMs = -Infinity;
  const listening = new AbortController();
  const { signal } = listening;

  const keep = () => {
    const { frame, clockOffsetMs, source, now } = store.getState();
    if (frame === null || frame === kept || frame.asOfMs === null) return;
    kept = frame;
    keptAtMs = now.steadyMs;
    writeSnapshot({ frame, clockOffsetMs, source });
  };
  const keepInTime = () => {
    if (store.getState().now.steadyMs - keptAtMs >= WRITE_EVERY_MS) keep();
  };
  const keepWhenHidden = () => {
    if (document.visibilityState === 'hidden') keep();
  };

  signal.addEventListener('abort', store.subscribe(keepInTime));
  document.addEventListener('visibilitychange', keepWhenHidden, { signal });
  window.addEventListener('pagehide', keep, { signal });
  return { close: () => listening.abort() };
}
