import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '#app/testing/page.tsx';
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

  it('U68 say nothing of storage that is merely full', () => {
    const storage = { kind: 'memory-only', why: 'full' } as const;
    renderPage(<Notices onReload={() => undefined} />, { storage });
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('U6 say that the worker failed and offer to load the page again', () => {
    renderPage(<Notices onReload={() => undefined} />, { workerFailure: 'It failed.' });
    const alert = within(screen.getByRole('alert'));
    expect(alert.getByText(/^It failed\./)).toBeTruthy();
    expect(alert.getByRole('button', { name: 'Reload' })).toBeTruthy();
  });
});
