import type { PageState } from './store.ts';
import { searchOf } from './url.ts';

/**
 * Puts what is shown into the address.
 * @param how 'push': going back in the browser undoes it; 'replace': it goes to where one was before
 */
export function writeAddress(page: PageState, how: 'push' | 'replace'): void {
  const { route, filter, range, zone, playback, pickedIncident } = page;
  // Other pages have addresses of their own, which a past that plays on must not touch. A wall is loaded anew by its own.
  if (route === 'settings' || route === 'credits' || route === 'wall') return;
  const search = searchOf(filter, range, zone, playback?.speed ?? null, pickedIncident);
  const address = `${window.location.pathname}${search}`;
  if (how === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
}
