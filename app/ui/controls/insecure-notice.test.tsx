import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage } from '#app/testing/page.tsx';
import { InsecureNotice } from './insecure-notice.tsx';

describe('the notice of a page that is no secure context', () => {
  it('W20 says what is missing and where the page is whole', () => {
    renderPage(<InsecureNotice />);
    const text = screen.getByRole('region', { name: 'Online only' }).textContent;
    expect(text).toContain('plain HTTP');
    expect(text).toContain('no service worker, no locks and no wake lock');
    expect(text).toContain(`https://${window.location.host}`);
    expect(text).toContain('http://localhost');
  });

  it('W20 can be put away for this visit', async () => {
    renderPage(<InsecureNotice />);
    await userEvent.setup().click(screen.getByRole('button', { name: 'Hide' }));
    expect(screen.queryByRole('region', { name: 'Online only' })).toBeNull();
  });
});
