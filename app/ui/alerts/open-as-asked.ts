import { REAL_TIME } from '#core/view/window.ts';
import { pickIncident } from '../incidents/pick-incident.ts';
import { pathOf } from '../route.ts';
import type { PageStore } from '../store.ts';

/**
 * Opens the incident of a notification that was clicked, on the live page and in real time, whatever was shown.
 * @param message of the service worker; others are not for here
 */
export function openAsAsked(store: PageStore, message: unknown): void {
  if (typeof message !== 'object' || message === null) return;
  const { type, id } = message as { type?: unknown; id?: unknown }; // whatever it is, it is only looked at
  if (type !== 'OPEN_INCIDENT' || typeof id !== 'string') return;
  if (store.getState().route !== 'live') window.history.pushState(null, '', pathOf('live'));
  store.setState({ route: 'live', range: REAL_TIME, playback: null });
  pickIncident(store, id);
}
