import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from '#core/live/settings.ts';
import { renderPage } from '#app/testing/page.tsx';
import { LiveControls } from './live-controls.tsx';

function renderControls(settings: Partial<LiveSettings> = {}) {
  const chosen: LiveSettings[] = [];
  renderPage(<LiveControls onConfigure={(next) => chosen.push(next)} />, {
    settings: { ...DEFAULT_LIVE_SETTINGS, ...settings },
  });
  return chosen;
}

describe('the controls of live data', () => {
  it('U75 pause what is live, and resume what is paused', async () => {
    const chosen = renderControls();
    await userEvent.setup().click(screen.getByRole('button', { name: 'Pause' }));
    expect(chosen).toEqual([{ ...DEFAULT_LIVE_SETTINGS, isPaused: true }]);
  });

  it('U75 offer to resume while paused', async () => {
    const chosen = renderControls({ isPaused: true });
    await userEvent.setup().click(screen.getByRole('button', { name: 'Resume' }));
    expect(chosen).toEqual([DEFAULT_LIVE_SETTINGS]);
  });

  it('U76 set the interval of polling, and the transport', async () => {
    const chosen = renderControls();
    const user = userEvent.setup();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Polling interval' }), '10000');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Transport' }), 'polling');
    expect(chosen).toEqual([
      { ...DEFAULT_LIVE_SETTINGS, intervalMs: 10_000 },
      { ...DEFAULT_LIVE_SETTINGS, transport: 'polling' },
    ]);
  });

  it('U76 show what all tabs have chosen', () => {
    renderControls({ intervalMs: 5_000, transport: 'streaming' });
    const values = screen.getAllByRole('combobox').map((one) => (one as HTMLSelectElement).value);
    expect(values).toEqual(['streaming', '5000']);
  });
});
