import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '#app/testing/page.tsx';
import { addressOf } from '../url.ts';
import { Notices } from './notices.tsx';

describe('the notices', () => {
  it('are silent when there is nothing to say', () => {
    renderPage(<Notices onReload={() => undefined} />);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('U19 offer a new version, which the user may take', async () => {
    const onReload = vi.fn<() => void>();
    renderPage(<Notices onReload={onReload} />, { isUpdateReady: true });
    const notice = within(screen.getByRole('status', { name: 'Update' }));
    expect(notice.getByText('A new version is ready')).toBeTruthy();
    await userEvent.click(notice.getByRole('button', { name: 'Reload' }));
    expect(onReload).toHaveBeenCalledOnce();
  });

  it.each(['newer', 'blocked'] as const)(
    'U68 offer to reload when the storage belongs to another version (%s)',
    (why) => {
      const storage = { kind: 'memory-only', why } as const;
      renderPage(<Notices onReload={() => undefined} />, { storage });
      const notice = within(screen.getByRole('status', { name: 'Storage' }));
      expect(notice.getByText(/This tab stores nothing\.$/)).toBeTruthy();
      expect(notice.getByRole('button', { name: 'Reload' })).toBeTruthy();
    },
  );

  it('U68 offer a reload that takes a newer build, which may be the one that knows the storage', async () => {
    const onReload = vi.fn<() => void>();
    const storage = { kind: 'memory-only', why: 'newer' } as const;
    renderPage(<Notices onReload={onReload} />, { storage, isUpdateReady: true });
    await userEvent.click(screen.getByRole('button', { name: 'Reload' }));
    expect(onReload).toHaveBeenCalledOnce();
  });

  it('W38 say that the server no longer has parts of this version, unless a newer one is offered anyway', () => {
    const onReload = () => undefined;
    const { store } = renderPage(<Notices onReload={onReload} />, { isCodeGone: true });
    const said = () => screen.getByRole('status', { name: 'Update' }).textContent;
    expect(said()).toMatch(/^The server has another version now/);
    act(() => store.setState({ isUpdateReady: true }));
    expect(said()).toMatch(/^A new version is ready/);
  });

  it('U68 say nothing of storage that is merely full', () => {
    const storage = { kind: 'memory-only', why: 'full' } as const;
    renderPage(<Notices onReload={() => undefined} />, { storage });
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('N31 tell what of the address was not understood, and what is shown instead, until dismissed', async () => {
    const { problems } = addressOf('?window=2h&zone=Mars&tenant=');
    renderPage(<Notices onReload={() => undefined} />, { addressProblems: problems, zone: 'UTC' });
    const notice = await screen.findByRole('alert', { name: 'Address' });
    expect([...notice.querySelectorAll('p')].map((one) => one.textContent)).toEqual([
      'The address says “tenant=”, which is not a name.',
      'The address says “window=2h”, which is no length of time on offer (5m, 15m, 1h, 24h, 7d, 30d).',
      'The address says “zone=Mars”, which is no zone that this browser knows.',
      'Shown instead: real time, the last 5 min; times in UTC; the slice without it.',
    ]);
    await userEvent.click(within(notice).getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('N31 name the end that is shown where only the length was not understood', async () => {
    const { problems, range } = addressOf('?window=2h&to=2026-11-21T09:00:00Z');
    const parts = { addressProblems: problems, range, zone: 'Europe/Berlin' };
    renderPage(<Notices onReload={() => undefined} />, parts);
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Shown instead: the 5 min to 21 Nov 10:00.',
    );
  });

  it('U6 say that the worker failed and offer to load the page again', () => {
    renderPage(<Notices onReload={() => undefined} />, { workerFailure: 'It failed.' });
    const alert = within(screen.getByRole('alert'));
    expect(alert.getByText(/^It failed\./)).toBeTruthy();
    expect(alert.getByRole('button', { name: 'Reload' })).toBeTruthy();
  });
});
