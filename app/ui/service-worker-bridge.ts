import { keepRegistering } from './keep-registering.ts';
import { watchForUpdates } from './registration-watch.ts';

/** The page's talk with the service worker about new versions. */
export interface ServiceWorkerBridge {
  /** The user accepts the new version: it takes over and the page is loaded again. */
  update(): void;
  /** Looks for a newer build, unless it has just been looked for. */
  check(): void;
  close(): void;
}

interface BridgeDeps {
  readonly container: ServiceWorkerContainer;
  /** Registers the service worker; undefined: the browser did not. */
  readonly register: () => Promise<ServiceWorkerRegistration | undefined>;
  /** A newer build is installed and waits for the user. May be called more than once. */
  readonly onUpdateReady: () => void;
  readonly reload: () => void;
}

/** A newer build that is on its way when the user accepts one is waited for, so that they need not accept two. */
const INSTALL_MS = 5_000;
/** A worker that does not take over must not take the reload from the user. */
const TAKE_OVER_MS = 10_000;

/** Offers new versions and never forces one: the page is loaded again once, and only when the user says so. */
export function startServiceWorkerBridge(deps: BridgeDeps): ServiceWorkerBridge {
  const { container, onUpdateReady } = deps;
  const listening = new AbortController();
  const { signal } = listening;
  let registration: ServiceWorkerRegistration | undefined;
  let check: (() => void) | undefined;
  let hadController = container.controller !== null;
  let isAccepted = false;
  let hasReloaded = false;

  const reloadOnce = () => {
    if (hasReloaded) return;
    hasReloaded = true;
    deps.reload();
  };
  const changeController = () => {
    // The first worker of a first visit replaces nothing; a later one may be accepted in another tab.
    if (isAccepted) reloadOnce();
    else if (hadController) onUpdateReady();
    hadController = true;
  };
  const begin = (registered: ServiceWorkerRegistration, until: AbortSignal) => {
    registration = registered;
    check = watchForUpdates(registered, container, onUpdateReady, until);
  };

  container.addEventListener('controllerchange', changeController, { signal });
  // Refused by the browser, or a file did not arrive: the page works, only not offline.
  keepRegistering(deps.register, begin, signal);
  const takeOver = () => {
    const waiting = registration?.waiting;
    if (!waiting) {
      reloadOnce(); // it has taken over already
      return;
    }
    waiting.postMessage({ type: 'SKIP_WAITING' });
    setTimeout(reloadOnce, TAKE_OVER_MS);
  };
  return {
    update() {
      isAccepted = true;
      const installing = registration?.installing;
      if (installing) void installed(installing).then(takeOver);
      else takeOver();
    },
    check: () => check?.(),
    close: () => listening.abort(),
  };
}

/** Resolves when a worker is installed, was given up, or takes too long. */
function installed(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    worker.addEventListener('statechange', () => resolve(), { once: true });
    setTimeout(resolve, INSTALL_MS);
  });
}
