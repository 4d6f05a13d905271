import { afterEach, describe, expect, it } from 'vitest';
import { aKnownIncident } from '#app/testing/new-incidents.ts';
import { aPageStore } from '#app/testing/page.tsx';
import { openAsAsked } from './open-as-asked.ts';

const PAST = { spanMs: 3_600_000, endMs: 1_000_000_000 };

describe('a page that is asked to open an incident', () => {
  afterEach(() => window.history.replaceState(null, '', '/'));

  it('U157 opens it on the live page, in real time, with its cause', () => {
    window.history.replaceState(null, '', '/settings');
    const incidents = [aKnownIncident('00c0ffee')];
    const store = aPageStore({ route: 'settings', range: PAST, incidents });
    openAsAsked(store, { type: 'OPEN_INCIDENT', id: '00c0ffee' });
    const { route, range, pickedIncident, filter } = store.getState();
    expect(route).toBe('live');
    expect(range.endMs).toBeNull();
    expect(pickedIncident).toBe('00c0ffee');
    expect(filter.customers).toEqual(['acme-robotics']);
    expect(window.location.pathname).toBe('/');
  });

  it.each([[null], ['x'], [{}], [{ type: 'CACHE_UPDATED', id: 'a' }], [{ type: 'OPEN_INCIDENT' }]])(
    'U157 leaves the page alone at any other message: %j',
    (message) => {
      const store = aPageStore({ route: 'settings' });
      openAsAsked(store, message);
      expect(store.getState().route).toBe('settings');
    },
  );
});
