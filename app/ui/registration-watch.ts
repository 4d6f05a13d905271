const CHECK_EVERY_MS = 3_600_000;

/**
 * Looks for a newer service worker every hour and whenever the page is shown, and says when one is
 * installed beside the one in charge. The registration itself is watched, because the library's own
 * events go silent on pages that stay open for weeks.
 */
export function watchForUpdates(
  registration: ServiceWorkerRegistration,
  container: ServiceWorkerContainer,
  onUpdateReady: () => void,
  signal: AbortSignal,
): void {
  const follow = () => {
    const installing = registration.installing;
    const change = () => {
      if (installing?.state === 'installed' && container.controller) onUpdateReady();
    };
    installing?.addEventListener('statechange', change, { signal });
  };
  const check = () => {
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
}
