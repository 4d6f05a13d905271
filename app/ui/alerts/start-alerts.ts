import { VISIBLE_LOCK } from '#app/protocol/messages.ts';
import type { PageStore } from '../store.ts';
import { alertChoice } from './alert-choice.ts';
import { setBadge } from './app-badge.ts';
import { notificationPermission } from './permission.ts';
import { readTold, writeTold } from './told-store.ts';
import { type AlertDeps, AlertWatcher } from './watcher.ts';

/** What is seldom needed is read when it is. */
const BROWSER: AlertDeps = {
  isWatched: isAnyPageVisible,
  choice: alertChoice,
  permission: notificationPermission,
  readTold,
  writeTold,
  show: async (anomalies) => (await import('./notify.ts')).notify(anomalies),
  close: async (isLeft) => (await import('./notify.ts')).closeNotices(isLeft),
  setBadge,
  playTone: async () => (await import('./tone.ts')).playTone(),
};

/** Tells of new incidents beside the page: by notifications, the app's badge and a tone. */
export function startAlerts(store: PageStore): { close(): void } {
  const watcher = new AlertWatcher(store, BROWSER);
  const listening = new AbortController();
  // Absent on plain http from another machine.
  if ('serviceWorker' in navigator) {
    const hear = async ({ data }: MessageEvent<unknown>) =>
      (await import('./open-as-asked.ts')).openAsAsked(store, data);
    const { signal } = listening;
    navigator.serviceWorker.addEventListener('message', (event) => void hear(event), { signal });
  }
  return {
    close() {
      watcher.close();
      listening.abort();
    },
  };
}

/** A browser without locks is asked for this page alone. */
async function isAnyPageVisible(): Promise<boolean> {
  if (document.visibilityState === 'visible') return true;
  if (!('locks' in navigator)) return false;
  // A browser that refuses to tell is asked for this page alone, too.
  const { held = [] } = await navigator.locks.query().catch((): LockManagerSnapshot => ({}));
  return held.some(({ name }) => name?.startsWith(VISIBLE_LOCK));
}
