import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SpendRate as Rate } from '#core/view/frame.ts';
import { aFrame } from '#app/testing/frames.ts';
import { renderPage } from '#app/testing/page.tsx';
import { SpendRate } from './spend-rate.tsx';

function renderRate(spendRate: Partial<Rate>) {
  const rate = { ...aFrame().spendRate, ...spendRate };
  const page = renderPage(<SpendRate />, { frame: aFrame(), spendRate: rate });
  return { ...page, text: screen.getByRole('region', { name: 'Spend rate' }).textContent };
}

describe('the spend rate', () => {
  it('U11 says what an hour costs and over which window that was seen', () => {
    const { text } = renderRate({ usdPerHour: 102_345.6 });
    expect(text).toContain('$102,346 per hour');
    expect(text).toContain('over the last 60 s');
  });

  it('U11 says how much of the window is known when it is not all of it', () => {
    const { text } = renderRate({ coveredMs: 35_000 });
    expect(text).toContain('over the 35 s known of the last 60 s');
  });

  it('U11 says that there is not enough data, and never $0 for it', () => {
    const { text } = renderRate({ usdPerHour: null, coveredMs: 10_000 });
    expect(text).toContain('Not enough data yet');
    expect(text).toContain('10 s known of the last 60 s');
    expect(text).not.toContain('per hour');
    expect(screen.getByRole('img', { name: 'No reading' })).toBeTruthy();
  });

  it('U11 says $0 when it is known that nothing was spent', () => {
    expect(renderRate({ usdPerHour: 0 }).text).toContain('$0.00 per hour');
  });

  it('U12 shows the rate on a gauge whose scale does not follow every dip', () => {
    const { store } = renderRate({ usdPerHour: 102_345.6 });
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      '$102,346 per hour on a scale that ends at $200K',
    );
    const dip = { windowMs: 60_000, coveredMs: 60_000, usdPerHour: 12_000 };
    act(() => store.setState({ spendRate: dip }));
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      '$12,000 per hour on a scale that ends at $200K',
    );
  });

  it('U16 is an empty place until the first figures come', () => {
    renderPage(<SpendRate />);
    const section = screen.getByRole('region', { name: 'Spend rate' });
    expect(section.getAttribute('aria-busy')).toBe('true');
    expect(section.textContent).toBe('Spend rateScale: automatic');
  });
});
