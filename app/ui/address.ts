import type { PageState } from './store.ts';
import { searchOf } from './url.ts';

/**
 * Puts what is shown into the address.
 * @param how 'push': going back in the browser undoes it; 'replace': it goes to where one was before
 */
export function writeAddress(page: PageState, how: 'push' | 'replace'): void {
  const { filter, range, zone, playback } = page;
  const search = searchOf(filter, range, zone, playback?.speed ?? null);
  const address = `${window.location.pathname}${search}`;
  if (how === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
}
