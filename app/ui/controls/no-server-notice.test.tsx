import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { NOW, renderPage } from '#app/testing/page.tsx';
import { NoServerNotice } from './no-server-notice.tsx';

const WAITING = {
  kind: 'waiting',
  attempt: 1,
  untilMs: NOW.steadyMs + 1_000,
  sinceMs: NOW.steadyMs,
  reason: 'unreachable',
} as const;

const notice = () => screen.queryByRole('region', { name: 'No server found' });

describe('the notice of a first visit without a server', () => {
  it('U16 says which server is being tried, and goes when figures come', () => {
    const { store } = renderPage(<NoServerNotice />, { connection: WAITING });
    expect(notice()?.textContent).toContain(window.location.origin);
    act(() => store.setState({ frame: aFrame() }));
    expect(notice()).toBeNull();
  });

  it('U16 does not speak up while the first answer may still come', () => {
    renderPage(<NoServerNotice />);
    expect(notice()).toBeNull();
  });
});
