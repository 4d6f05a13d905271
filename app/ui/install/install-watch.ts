import { readText, writeText } from '../device-storage.ts';
import type { PageStore } from '../store.ts';
import { installWay, type InstallPrompt } from './install-way.ts';

const KEY = 'burnrate.install-hint';
/** Whoever only looks in for a moment is asked nothing. */
const HINT_AFTER_MS = 30_000;

/** Keeps what the browser offers, and has it hinted at once somebody stays, unless they said no for good. */
export function startInstallWatch(store: PageStore): { close(): void } {
  const listening = new AbortController();
  const { signal } = listening;
  let hasStayed = false;
  const look = () => {
    const way = installWay(store.getState().installPrompt !== null);
    const isOffer = way === 'prompt' || way === 'share' || way === 'dock';
    store.setState({ isInstallHinted: isOffer && hasStayed && readText(KEY) === null });
  };
  const offer = (event: Event) => {
    // Else the browser would show a bar of its own, on some devices over the figures.
    event.preventDefault();
    const installPrompt = event as InstallPrompt; // the event of this name
    store.setState({ installPrompt });
    look();
  };
  const end = () => {
    store.setState({ installPrompt: null });
    look();
  };
  const timer = setTimeout(() => {
    hasStayed = true;
    look();
  }, HINT_AFTER_MS);
  window.addEventListener('beforeinstallprompt', offer, { signal });
  window.addEventListener('appinstalled', end, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
  return { close: () => listening.abort() };
}

/** For good, on this device. */
export function dismissInstallHint(store: PageStore): void {
  writeText(KEY, 'dismissed');
  store.setState({ isInstallHinted: false });
}

/** Has the browser ask the user; its offer is good for once. */
export async function install(store: PageStore): Promise<void> {
  const { installPrompt } = store.getState();
  store.setState({ installPrompt: null, isInstallHinted: false });
  await installPrompt?.prompt();
}
