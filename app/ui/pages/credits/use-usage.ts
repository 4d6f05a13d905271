import { useLiveQuery } from 'dexie-react-hooks';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type KnownUsage, storedUsage } from '#app/database/usage.ts';
import { pageDatabase } from '../../page-database.ts';
import { usePageStore } from '../../use-page.ts';
import { askUsage } from './ask-usage.ts';
import { type KeeperState, UsageKeeper } from './usage-keeper.ts';

/** How often it is asked for while it is looked at, ms. */
const ASK_EVERY_MS = 60_000;

export interface ShownUsage extends Pick<
  KeeperState,
  'change' | 'failure' | 'isAsking' | 'isKept'
> {
  /** Null: nothing was ever heard on this device; undefined: not read yet. */
  readonly known: KnownUsage | null | undefined;
  readonly refresh: () => void;
}

/** What the messages of the period used, stored or just heard: asked for now, every minute, and when the server is back. */
export function useUsage(): ShownUsage {
  const store = usePageStore();
  const [keeper] = useState(() => new UsageKeeper(askUsage));
  const { heard, ...state } = useStore(keeper.state);
  const stored = useLiveQuery(
    // A cache that cannot be read has nothing to show; what is heard is shown all the same.
    () => (pageDatabase ? storedUsage(pageDatabase).catch(() => null) : null),
    [],
  );
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') void keeper.refresh();
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    const unsubscribe = store.subscribe(({ connection }, before) => {
      // A server that is back is asked at once.
      if (connection.kind === 'live' && before.connection.kind !== 'live') ask();
    });
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
      unsubscribe();
    };
  }, [keeper, store]);
  return { ...state, known: newest(heard, stored), refresh: () => void keeper.refresh() };
}

/** Another tab may have heard later than this one. */
function newest(
  heard: KnownUsage | null,
  stored: KnownUsage | null | undefined,
): KnownUsage | null | undefined {
  if (!heard) return stored;
  return stored && stored.heardAtMs > heard.heardAtMs ? stored : heard;
}
