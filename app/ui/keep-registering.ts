/** What is not installed yet is tried again, less and less often: a page may stay open for weeks. */
const AGAIN_MS = 30_000;
const AGAIN_AT_MOST_MS = 3_600_000;

/**
 * Registers a service worker, and again until its first version is installed: a browser forgets a registration whose
 * first worker could not be fetched or installed, and without one there is no page without a server.
 * @param register undefined: this browser has no service workers, and nothing is tried again
 * @param begin called for each registration; `until` is aborted when the browser has forgotten it
 */
export function keepRegistering(
  register: () => Promise<ServiceWorkerRegistration | undefined>,
  begin: (registration: ServiceWorkerRegistration, until: AbortSignal) => void,
  signal: AbortSignal,
): void {
  let againMs = AGAIN_MS;
  let current = new AbortController();
  const later = () => {
    current.abort();
    if (signal.aborted) return;
    setTimeout(now, againMs);
    againMs = Math.min(2 * againMs, AGAIN_AT_MOST_MS);
  };
  const watch = (registration: ServiceWorkerRegistration | undefined) => {
    if (!registration || signal.aborted) return;
    current = new AbortController();
    const first = registration.active ? null : registration.installing;
    const change = () => first?.state === 'redundant' && !registration.active && later();
    first?.addEventListener('statechange', change, { signal: current.signal });
    begin(registration, current.signal);
  };
  const now = () => {
    if (!signal.aborted) register().then(watch, later);
  };
  signal.addEventListener('abort', () => current.abort());
  now();
}
