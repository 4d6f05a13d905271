import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import { aKnownIncident } from '#app/testing/new-incidents.ts';
import { aPageStore, setVisibility } from '#app/testing/page.tsx';
import type { PageStore } from '../store.ts';
import { chooseAlerts } from './alert-choice.ts';
import { useAlerts } from './use-alerts.ts';

function Watched({ store }: { store: PageStore }) {
  useAlerts(store);
  return null;
}

/** A page with one incident that nobody has dealt with, which is counted once anything watches. */
async function aPage() {
  const store = aPageStore({ incidents: [aKnownIncident('a')] });
  const page = render(<Watched store={store} />);
  await settled();
  return { ...page, store };
}

async function settled(): Promise<void> {
  await act(async () => {
    await vi.dynamicImportSettled();
  });
}

describe('alerts', () => {
  beforeEach(() => {
    localStorage.clear();
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
  });
  afterEach(() => {
    setVisibility('visible');
    vi.unstubAllGlobals();
  });

  it('U155 are not loaded for whoever only looks, and are once the page is hidden', async () => {
    const { store } = await aPage();
    expect(store.getState().unattended).toBe(0);
    setVisibility('hidden');
    await settled();
    expect(store.getState().unattended).toBe(1);
  });

  it('U150 are loaded when notifications are turned on', async () => {
    const { store } = await aPage();
    act(() => store.setState({ settings: { ...DEFAULT_LIVE_SETTINGS, isNotifying: true } }));
    await settled();
    expect(store.getState().unattended).toBe(1);
  });

  it('U154 are loaded when the tone was switched on, in the settings or earlier', async () => {
    const { store, unmount } = await aPage();
    chooseAlerts({ least: 'major', isSoundOn: true });
    act(() => store.setState({ route: 'settings' }));
    await settled();
    expect(store.getState().unattended).toBe(1);
    unmount();
    expect((await aPage()).store.getState().unattended).toBe(1);
  });

  it('U155 are loaded in the installed app, whose badge counts', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('standalone') }));
    const setAppBadge = vi.fn(async () => undefined);
    vi.stubGlobal('navigator', { setAppBadge });
    const { store } = await aPage();
    act(() => store.setState({ storage: { kind: 'writer' }, incidents: [aKnownIncident('b')] }));
    expect(setAppBadge).toHaveBeenLastCalledWith(1);
  });

  it('U150 end with the page', async () => {
    const { store, unmount } = await aPage();
    setVisibility('hidden');
    await settled();
    unmount();
    store.setState({ incidents: [] });
    expect(store.getState().unattended).toBe(1);
  });
});
