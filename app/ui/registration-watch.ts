const CHECK_EVERY_MS = 3_600_000;
/** A link that comes and goes asks no more often than this for a new version. */
const CHECK_APART_MS = 30_000;

/**
 * Looks for a newer service worker every hour, whenever the page is shown, and when it is told to, and says when one is
 * installed beside the one in charge. The registration itself is watched, because the library's own
 * events go silent on pages that stay open for weeks.
 * @returns looks now, unless it has just looked; for when the server is back, which may be of another build
 */
export function watchForUpdates(
  registration: ServiceWorkerRegistration,
  container: ServiceWorkerContainer,
  onUpdateReady: () => void,
  signal: AbortSignal,
): () => void {
  // Whoever registers asks.
  let checkedAtMs = performance.now();
  const follow = () => {
    const installing = registration.installing;
    const change = () => {
      if (installing?.state === 'installed' && container.controller) onUpdateReady();
    };
    installing?.addEventListener('statechange', change, { signal });
  };
  const check = () => {
    checkedAtMs = performance.now();
    // Without a server there is nothing new: the next hour, or the next look at the page, asks again.
    registration.update().catch(() => undefined);
  };
  const checkWhenVisible = () => {
    if (document.visibilityState === 'visible') check();
  };

  if (registration.waiting && container.controller) onUpdateReady();
  follow();
  registration.addEventListener('updatefound', follow, { signal });
  document.addEventListener('visibilitychange', checkWhenVisible, { signal });
  const timer = setInterval(check, CHECK_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  return () => {
    if (!signal.aborted && performance.now() - checkedAtMs >= CHECK_APART_MS) check();
  };
}
