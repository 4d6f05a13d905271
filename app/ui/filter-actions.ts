import { type Dimension, type Filter, NO_FILTER, toggled } from '#core/view/filter.ts';
import { playbackFrom } from '#core/view/playback.ts';
import { readClock } from './clock.ts';
import { writeAddress } from './address.ts';
import { routeOf } from './route.ts';
import type { PageStore } from './store.ts';
import { latestMs } from './selectors.ts';
import { addressOf } from './url.ts';
import { usePageStore } from './use-page.ts';
import { rememberedZone } from './zone-choice.ts';

export interface FilterActions {
  /** Takes a value into the slice, or out of it again. */
  toggle(dimension: Dimension, value: string): void;
  clear(): void;
}

export function useFilterActions(): FilterActions {
  const store = usePageStore();
  return {
    toggle: (dimension, value) => show(store, toggled(store.getState().filter, dimension, value)),
    clear: () => show(store, NO_FILTER),
  };
}

/** Follows the address when the user goes back or forth: its page, its slice and its time. */
export function followAddress(store: PageStore): { close(): void } {
  const listening = new AbortController();
  const follow = () => {
    const { pathname, search } = window.location;
    const route = routeOf(pathname, search);
    // Only the pages of metrics carry the slice in their address.
    if (route === 'settings') store.setState({ route });
    else if (route === 'credits')
      store.setState({ route, zone: addressOf(search).zone ?? rememberedZone() });
    else {
      const { filter, range, zone, speed, incident, problems } = addressOf(
        search,
        latestMs(store.getState()),
      );
      const shown = { filter, range, zone: zone ?? rememberedZone() };
      const playback = playbackFrom(range, speed, readClock().steadyMs);
      const open = { pickedIncident: incident, addressProblems: problems };
      store.setState({ route, ...shown, playback, ...open });
    }
  };
  window.addEventListener('popstate', follow, { signal: listening.signal });
  return { close: () => listening.abort() };
}

function show(store: PageStore, filter: Filter): void {
  store.setState({ filter, addressProblems: [] });
  writeAddress(store.getState(), 'push');
}
