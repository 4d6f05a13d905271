import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { aPageStore, allParts, renderPage } from '#app/testing/page.tsx';
import { Notices } from '../controls/notices.tsx';
import { InstallApp } from '../pages/settings/install-app.tsx';
import { startInstallWatch } from './install-watch.ts';

const IPHONE = { userAgent: 'Mozilla/5.0 (iPhone) AppleWebKit Safari/604.1', standalone: false };
const MAC_SAFARI = {
  userAgent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
};
const MAC_CHROME = {
  userAgent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
};

/** What Chromium sends. */
function anOffer() {
  const prompt = vi.fn(async () => ({ outcome: 'accepted' }));
  return Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt });
}

function runAs(device: object): void {
  vi.stubGlobal('navigator', { ...device });
}

/** The page runs in a window of its own, or in a tab. */
function runIn(mode: string): void {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query === `(display-mode: ${mode})`,
  }));
}

const watches: { close(): void }[] = [];

/** A page that has its figures, at which somebody looks. */
function openPage(parts = {}) {
  const page = renderPage(<Notices onReload={() => undefined} />, { frame: aFrame(), ...parts });
  watches.push(startInstallWatch(page.store));
  return page;
}

const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const offer = (event: Event) => act(() => void window.dispatchEvent(event));
const hint = () => screen.queryByRole('region', { name: 'Install' });
const press = async (name: string) => {
  await act(async () => screen.getByRole('button', { name }).click());
};

beforeEach(async () => {
  vi.stubGlobal('isSecureContext', true);
  runIn('browser');
  // Its code is there before the clock stands still.
  const { unmount } = renderPage(<Notices onReload={() => undefined} />, {
    frame: aFrame(),
    isInstallHinted: true,
  });
  await allParts();
  unmount();
  vi.useFakeTimers();
});

afterEach(() => {
  for (const watch of watches.splice(0)) watch.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('the hint that the app can be installed', () => {
  it('W34 comes after half a minute, where the browser offers it, and has the browser ask', async () => {
    openPage();
    const event = anOffer();
    offer(event);
    expect(event.defaultPrevented).toBe(true);
    await pass(29_999);
    expect(hint()).toBeNull();
    await pass(1);
    expect(hint()?.textContent).toContain('opens without the server');
    await press('Install');
    expect(event.prompt).toHaveBeenCalledOnce();
    expect(hint()).toBeNull();
  });

  it('W34 comes as soon as the browser offers it to somebody who has stayed', async () => {
    openPage();
    await pass(100_000);
    expect(hint()).toBeNull();
    offer(anOffer());
    expect(hint()).not.toBeNull();
  });

  it('W34 never comes again on this device once it was declined', async () => {
    const { unmount } = openPage();
    offer(anOffer());
    await pass(30_000);
    await press('No, thanks');
    expect(hint()).toBeNull();
    unmount();
    openPage();
    offer(anOffer());
    await pass(60_000);
    expect(hint()).toBeNull();
  });

  it('W34 goes when the app was installed from the menu of the browser', async () => {
    openPage();
    offer(anOffer());
    await pass(30_000);
    act(() => void window.dispatchEvent(new Event('appinstalled')));
    expect(hint()).toBeNull();
  });

  it.each(['standalone', 'window-controls-overlay', 'minimal-ui'])(
    'W34 never comes in the installed app (%s)',
    async (mode) => {
      runIn(mode);
      runAs(IPHONE);
      openPage();
      offer(anOffer());
      await pass(60_000);
      expect(hint()).toBeNull();
    },
  );

  it('W34 never comes on a page that has no figures yet', async () => {
    const { store } = openPage({ frame: null });
    offer(anOffer());
    await pass(60_000);
    expect(hint()).toBeNull();
    act(() => store.setState({ frame: aFrame() }));
    expect(hint()).not.toBeNull();
  });

  it.each([
    ['on an iPhone', IPHONE, 'Press Share, then “Add to Home Screen”.'],
    ['in Safari on a Mac', MAC_SAFARI, 'Choose File, then “Add to Dock”.'],
  ])('W34 says how to do it by hand %s', async (_, device, how) => {
    runAs(device);
    openPage();
    await pass(30_000);
    expect(hint()?.textContent).toContain(how);
    expect(screen.queryByRole('button', { name: 'Install' })).toBeNull();
  });

  it('W34 never comes where the browser offers nothing, nor over plain HTTP', async () => {
    runAs(MAC_CHROME);
    openPage();
    await pass(60_000);
    expect(hint()).toBeNull();
    runAs(IPHONE);
    vi.stubGlobal('isSecureContext', false);
    openPage();
    await pass(60_000);
    expect(hint()).toBeNull();
  });
});

describe('installing, in the settings', () => {
  beforeEach(() => vi.useRealTimers());
  const shown = () => within(screen.getByRole('region', { name: 'Install' }));

  it('W35 is a button where the browser offers it, until it was used', async () => {
    const event = anOffer();
    renderPage(<InstallApp />, { installPrompt: event as never }); // of a test
    await userEvent.click(shown().getByRole('button', { name: 'Install' }));
    expect(event.prompt).toHaveBeenCalledOnce();
    expect(shown().queryByRole('button')).toBeNull();
    expect(shown().getByText(/has not offered it/)).toBeTruthy();
  });

  it('W35 stays possible after the hint was declined', () => {
    localStorage.setItem('burnrate.install-hint', 'dismissed');
    const store = aPageStore();
    watches.push(startInstallWatch(store));
    window.dispatchEvent(anOffer());
    renderPage(<InstallApp />, { installPrompt: store.getState().installPrompt });
    expect(shown().getByRole('button', { name: 'Install' })).toBeTruthy();
  });

  it('W35 says so where this is the app, where it is done by hand, and where it cannot be', () => {
    const say = (what: RegExp) => {
      const { unmount } = renderPage(<InstallApp />);
      expect(shown().getByText(what)).toBeTruthy();
      unmount();
    };
    runAs(IPHONE);
    say(/Add to Home Screen/);
    runAs({ ...IPHONE, standalone: true });
    say(/This is the installed app/);
    runAs(MAC_CHROME);
    say(/has not offered it/);
    vi.stubGlobal('isSecureContext', false);
    say(/plain HTTP/);
  });
});
