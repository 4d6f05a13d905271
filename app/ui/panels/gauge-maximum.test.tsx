import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { renderPage } from '#app/testing/page.tsx';
import { SpendRate } from './spend-rate.tsx';

async function renderGauge() {
  const { spendRate } = aFrame();
  const page = renderPage(<SpendRate />, { frame: aFrame(), spendRate });
  return page;
}

const scale = () => screen.getByRole('img').getAttribute('aria-label');

describe('the scale of the gauge', () => {
  afterEach(() => window.localStorage.clear());

  it('U50 is automatic until the user sets it, with a suggestion, and is remembered', async () => {
    const { unmount } = await renderGauge();
    expect(scale()).toContain('ends at $200K');
    const user = userEvent.setup();
    await user.click(screen.getByText('Scale: automatic'));
    const field = await screen.findByRole('textbox', { name: 'Ends at, dollars an hour' });
    expect((field as HTMLInputElement).value).toBe('250000');
    await user.click(screen.getByRole('button', { name: 'Set' }));
    expect(scale()).toContain('ends at $250K');
    unmount();
    await renderGauge();
    expect(scale()).toContain('ends at $250K');
  });

  it('U50 refuses what is no amount, says what to give, and keeps what was', async () => {
    await renderGauge();
    const user = userEvent.setup();
    await user.click(screen.getByText('Scale: automatic'));
    const field = await screen.findByRole('textbox');
    await user.clear(field);
    await user.type(field, '-5');
    await user.click(screen.getByRole('button', { name: 'Set' }));
    expect(screen.getByRole('alert').textContent).toContain('above 0');
    expect(scale()).toContain('ends at $200K');
  });

  it('U50 goes back to automatic', async () => {
    window.localStorage.setItem('burnrate.gauge-maximum', '500000');
    await renderGauge();
    expect(scale()).toContain('ends at $500K');
    const user = userEvent.setup();
    await user.click(screen.getByText('Scale: $500,000'));
    await user.click(await screen.findByRole('button', { name: 'Automatic' }));
    expect(scale()).toContain('ends at $200K');
  });
});
