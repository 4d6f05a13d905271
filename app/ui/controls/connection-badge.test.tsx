import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { ConnectionState } from '#core/live/connection.ts';
import { NOW, renderPage } from '#app/testing/page.tsx';
import { ConnectionBadge } from './connection-badge.tsx';

const WAITING: ConnectionState = {
  kind: 'waiting',
  attempt: 3,
  untilMs: NOW.steadyMs + 4_000,
  sinceMs: NOW.steadyMs - 29_000,
  reason: 'unreachable',
};

function renderBadge(connection: ConnectionState) {
  const onRetry = vi.fn<() => void>();
  const page = renderPage(<ConnectionBadge onRetry={onRetry} />, { connection });
  const badge = screen.getByRole('status', { name: 'Connection' });
  return { ...page, badge, onRetry };
}

/** What a screen reader says when it reads the element out: its text without what is hidden from it. */
function spokenTextOf(element: Element): string {
  const copy = element.cloneNode(true) as Element; // a clone of an element is one
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return copy.textContent;
}

describe('the connection badge', () => {
  it('U8 shows a live connection and how it is live, without a retry button', () => {
    const { badge } = renderBadge({ kind: 'live', via: 'polling' });
    expect(badge.textContent).toBe('Live · polling');
    expect(badge.dataset['state']).toBe('polling');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('U8 shows the countdown, the attempt and the reason of a wait', () => {
    const { badge } = renderBadge(WAITING);
    expect(badge.textContent).toBe('Reconnecting in 4 s (attempt 3) — server unreachable');
    expect(badge.dataset['state']).toBe('waiting');
  });

  it('U8 counts down by itself and turns offline after 30 s', () => {
    const { badge, store } = renderBadge(WAITING);
    const later = { wallMs: NOW.wallMs + 1_000, steadyMs: NOW.steadyMs + 1_000 };
    act(() => store.setState({ now: later }));
    expect(badge.dataset['state']).toBe('offline');
    expect(badge.textContent).toContain('next try in 3 s (attempt 3)');
  });

  it('U9 says nothing new while only the countdown changes', () => {
    const { badge, store } = renderBadge({ ...WAITING, sinceMs: NOW.steadyMs - 1_000 });
    const spoken = spokenTextOf(badge);
    const later = { wallMs: NOW.wallMs + 1_000, steadyMs: NOW.steadyMs + 1_000 };
    act(() => store.setState({ now: later }));
    expect(badge.textContent).toContain('in 3 s');
    expect(spokenTextOf(badge)).toBe(spoken);
    expect(spoken).toBe('Reconnecting — server unreachable');
  });

  it('U20 retries at once when the user is impatient', async () => {
    const { onRetry } = renderBadge(WAITING);
    await userEvent.click(screen.getByRole('button', { name: 'Retry now' }));
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it('U9 tells the countdown to whoever reaches the retry button', () => {
    renderBadge(WAITING);
    const button = screen.getByRole('button', { name: 'Retry now' });
    const description = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(description?.textContent).toBe('in 4 s (attempt 3)');
  });
});
