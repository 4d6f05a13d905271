import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { AS_OF_MS, aFrame } from '#app/testing/frames.ts';
import { NOW, renderPage } from '#app/testing/page.tsx';
import type { PageState } from '../store.ts';
import { Panel } from './panel.tsx';

const LIVE = { kind: 'live', via: 'polling' } as const;

function renderPanel(parts: Partial<PageState>) {
  const panel = (
    <Panel name="Spend rate" width="narrow" isEmpty={false}>
      <p>content</p>
    </Panel>
  );
  const page = renderPage(panel, { frame: aFrame(), connection: LIVE, ...parts });
  return { ...page, section: screen.getByRole('region', { name: 'Spend rate' }) };
}

const asOf = () => screen.getByRole('time');
const laterBy = (ms: number) => ({ wallMs: NOW.wallMs + ms, steadyMs: NOW.steadyMs + ms });

describe('a panel', () => {
  it('U10 says up to when its numbers are complete', () => {
    const { section } = renderPanel({});
    expect(section.dataset['freshness']).toBe('live');
    expect(asOf().textContent).toBe('as of 14:03:25');
    expect(asOf().getAttribute('datetime')).toBe(new Date(AS_OF_MS).toISOString());
  });

  it('U10 says how old they are once they are no longer live, and ages by itself', () => {
    const { section, store } = renderPanel({});
    const seen = [0, 16_000, 41_000, 56_000, 12 * 60_000].map((ms) => {
      act(() => store.setState({ now: laterBy(ms) }));
      return `${section.dataset['freshness']}: ${asOf().textContent}`;
    });
    expect(seen).toEqual([
      'live: as of 14:03:25',
      'late: as of 14:03:25, 20 s ago',
      'late: as of 14:03:25, 45 s ago',
      'stale: as of 14:03:25, 1 min ago',
      'stale: as of 14:03:25, 12 min ago',
    ]);
  });

  it('U10 is offline once the connection has been down for 30 s', () => {
    const { section } = renderPanel({
      connection: {
        kind: 'waiting',
        attempt: 6,
        untilMs: NOW.steadyMs,
        sinceMs: NOW.steadyMs - 30_000,
        reason: 'unreachable',
      },
    });
    expect(section.dataset['freshness']).toBe('offline');
    expect(asOf().textContent).toBe('as of 14:03:25, 4 s ago');
  });

  it('U10 reckons with the clock of the server', () => {
    renderPanel({ now: laterBy(-3_600_000), clockOffsetMs: 3_600_000 + 60_000 });
    expect(asOf().textContent).toBe('as of 14:03:25, 1 min ago');
  });

  it('U10 does not know the age when the clock is before the numbers', () => {
    const { section } = renderPanel({ now: laterBy(-3_600_000) });
    expect(section.dataset['freshness']).toBe('stale');
    expect(asOf().textContent).toBe('as of 14:03:25, age unknown');
  });

  it('U10 names the day of numbers that are of another day', () => {
    renderPanel({ now: laterBy(24 * 3_600_000) });
    expect(asOf().textContent).toBe('as of 3 Mar 14:03:25, 24 h ago');
  });

  it('U15 fails alone, and recovers when asked to', async () => {
    // React prints what a boundary catches.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let isBroken = true;
    const Content = () => {
      if (isBroken) throw new Error('cannot be drawn');
      return <p>drawn again</p>;
    };
    renderPage(
      <>
        <Panel name="Broken" width="narrow" isEmpty={false}>
          <Content />
        </Panel>
        <Panel name="Other" width="wide" isEmpty={false}>
          <p>alive</p>
        </Panel>
      </>,
    );
    const broken = within(screen.getByRole('region', { name: 'Broken' }));
    expect(broken.getByRole('alert').textContent).toContain('This panel failed');
    expect(screen.getByText('alive')).toBeTruthy();
    isBroken = false;
    await userEvent.click(broken.getByRole('button', { name: 'Try again' }));
    expect(screen.getByText('drawn again')).toBeTruthy();
  });
});
