import { useEffect } from 'react';
import { readText } from '../device-storage.ts';
import type { PageState, PageStore } from '../store.ts';

/**
 * Has new incidents told beside the page as soon as that can matter: when it is hidden, installed, or wanted by the
 * user. Whoever only looks does not load it.
 */
export function useAlerts(store: PageStore): void {
  useEffect(() => {
    let close: (() => void) | null = null;
    let isOver = false;
    const start = async () => {
      if (close || !isWanted(store.getState())) return;
      close = () => undefined;
      try {
        const { startAlerts } = await import('./start-alerts.ts');
        if (!isOver) close = startAlerts(store).close;
      } catch {
        // Its code did not arrive; the next occasion asks for it again.
        close = null;
      }
    };
    const look = () => void start();
    const unsubscribe = store.subscribe((page, before) => {
      // On the page of the settings somebody may have chosen otherwise.
      if (page.settings !== before.settings || page.route !== before.route) look();
    });
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      isOver = true;
      unsubscribe();
      document.removeEventListener('visibilitychange', look);
      close?.();
    };
  }, [store]);
}

function isWanted({ settings }: PageState): boolean {
  return (
    settings.isNotifying ||
    document.visibilityState === 'hidden' ||
    readText('burnrate.alerts') !== null ||
    matchMedia('(display-mode: standalone)').matches
  );
}
