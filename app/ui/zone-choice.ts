import { zoneNamed } from '#core/time/zone.ts';
import { writeAddress } from './address.ts';
import { readText, writeText } from './device-storage.ts';
import type { PageStore } from './store.ts';

const KEY = 'burnrate.zone';

/** What was chosen on this device; null: its own zone. */
export function rememberedZone(): string | null {
  return zoneNamed(readText(KEY) ?? '')?.name ?? null;
}

/**
 * Tells all times of the page in another zone, and of the next visit. It is a way of reading and no
 * place that one has been to: going back in the browser does not undo it.
 */
export function chooseZone(store: PageStore, zone: string | null): void {
  store.setState({ zone, addressProblems: [] });
  writeText(KEY, zone ?? '');
  tellZoneInAddress(store);
}

/** A link that is copied shows the same times to whoever opens it. */
export function tellZoneInAddress(store: PageStore): void {
  const page = store.getState();
  const { pathname, search } = window.location;
  const isTold = new URLSearchParams(search).get('zone') === page.zone;
  if (isTold || page.route === 'settings') return;
  if (page.route !== 'credits') writeAddress(page, 'replace');
  else window.history.replaceState(null, '', `${pathname}${withZone(search, page.zone)}`);
}

/** The same query in another zone; null: in the one of whoever opens it. */
function withZone(search: string, zone: string | null): string {
  const parameters = new URLSearchParams(search);
  if (zone === null) parameters.delete('zone');
  else parameters.set('zone', zone);
  return parameters.size === 0 ? '' : `?${parameters}`;
}
