import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '#core/view/filter.ts';
import { renderPage } from '#app/testing/page.tsx';
import { CatchUpNotice } from './catch-up-notice.tsx';
import { EvidenceBanner } from './evidence-banner.tsx';
import { Navigation } from './navigation.tsx';

describe('the navigation', () => {
  it('U60 changes the page without a reload, and keeps the slice for the way back', async () => {
    const filter = { ...NO_FILTER, models: ['gpt-4o'] };
    const { store } = renderPage(<Navigation />, { filter });
    const live = () => screen.getByRole('link', { name: 'Live' });
    expect(live().getAttribute('aria-current')).toBe('page');
    await userEvent.click(screen.getByRole('link', { name: 'Settings' }));
    expect(window.location.pathname).toBe('/settings');
    expect(store.getState().route).toBe('settings');
    expect(live().getAttribute('href')).toBe('/?model=gpt-4o');
    await userEvent.click(live());
    expect(store.getState().route).toBe('live');
    expect(store.getState().filter).toEqual(filter);
  });
});

describe('the mark of imported data', () => {
  it('U67 says from which file they are, and leads back to live', () => {
    const evidence = { fileName: 'a.burnrate', exportedAtMs: Date.UTC(2026, 10, 3, 9) };
    renderPage(<EvidenceBanner />, { evidence, route: 'evidence' });
    const banner = screen.getByRole('status', { name: 'Evidence' });
    expect(banner.textContent).toMatch(/not live.*a\.burnrate, exported 3 Nov/);
    expect(screen.getByRole('link', { name: 'Back to live' }).getAttribute('href')).toBe('/');
  });

  it('U67 says what to do when nothing was imported', () => {
    renderPage(<EvidenceBanner />, { route: 'evidence' });
    expect(screen.getByRole('status').textContent).toContain('do so in the settings');
  });
});

describe('the notice of catching up', () => {
  const connection = { kind: 'live', via: 'streaming' } as const;
  const catchUp = { isCancelled: false, share: 0.2, gotBytes: 0, expectedBytes: null };

  it('U64 tells how far it is and can be cancelled', async () => {
    const wanted: boolean[] = [];
    renderPage(<CatchUpNotice onCatchUp={(is) => wanted.push(is)} />, { connection, catchUp });
    expect(screen.getByText('Catching up 20%')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(wanted).toEqual([false]);
  });

  it.each([
    ['nothing is missing', { connection, catchUp: null }],
    ['it was cancelled', { connection, catchUp: { ...catchUp, isCancelled: true } }],
    ['there is no server', { connection: { kind: 'connecting' } as const, catchUp }],
  ])('U64 is not there when %s', (_when, parts) => {
    renderPage(<CatchUpNotice onCatchUp={() => undefined} />, parts);
    expect(screen.queryByText(/Catching up/)).toBeNull();
  });
});
