import type { PageState, PageStore } from '../../store.ts';

/** So long the feed has to be live, and nobody may have touched anything. */
const QUIET_MS = 60_000;
/** How long a wall whose worker has failed waits: a build that fails at once must not flicker. */
const FAILED_MS = 60_000;

const TOUCHES = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** Takes a newer build in a quiet minute, and loads the page anew when its worker has failed: nobody is there to do so. */
export function reloadItself(store: PageStore, reload: () => void): { close(): void } {
  const listening = new AbortController();
  const { signal } = listening;
  let quietSinceMs = store.getState().now.steadyMs;
  let failedSinceMs: number | null = null;
  const disturb = () => {
    quietSinceMs = store.getState().now.steadyMs;
  };
  const look = (page: PageState) => {
    const { steadyMs } = page.now;
    if (page.connection.kind !== 'live') quietSinceMs = steadyMs;
    failedSinceMs = page.workerFailure === null ? null : (failedSinceMs ?? steadyMs);
    const isQuiet = steadyMs - quietSinceMs >= QUIET_MS;
    const hasFailed = failedSinceMs !== null && steadyMs - failedSinceMs >= FAILED_MS;
    if ((page.isUpdateReady && isQuiet) || (hasFailed && canLoadAnew())) {
      // Once: the page that comes has a wall of its own.
      close();
      reload();
    }
  };
  const close = () => listening.abort();
  for (const name of TOUCHES) window.addEventListener(name, disturb, { signal });
  signal.addEventListener('abort', store.subscribe(look));
  return { close };
}

/** Without a service worker and without a server there would be nothing but the browser's own error left. */
function canLoadAnew(): boolean {
  return 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
}
