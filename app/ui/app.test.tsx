import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { allParts, renderPage, setElementSize } from '#app/testing/page.tsx';
import { App } from './app.tsx';
import type { PageState } from './store.ts';

const PANELS = [
  'Key figures',
  'Anomalies',
  'Spend rate',
  'Token usage',
  'Cost by model',
  'Top customers',
];
const NOTHING = () => undefined;
const ACTIONS = {
  onRetry: NOTHING,
  onConfigure: NOTHING,
  onCatchUp: NOTHING,
  onStorage: () => new Promise<never>(NOTHING),
  onBackTest: NOTHING,
  onReload: NOTHING,
};

async function renderApp(parts: Partial<PageState> = {}): Promise<void> {
  renderPage(<App {...ACTIONS} />, parts);
  await allParts();
}

describe('the page', () => {
  it('U1 draws its panels from the snapshot alone, marked with its age', async () => {
    setElementSize(800, 300);
    await renderApp({
      frame: aFrame(),
      now: { wallMs: (aFrame().asOfMs ?? 0) + 720_000, steadyMs: 0 },
    });
    for (const name of PANELS) {
      const panel = screen.getByRole('region', { name });
      expect(panel.dataset['freshness']).toBe('stale');
      expect(panel.textContent).toContain('as of 14:03:25, 12 min ago');
    }
    expect(screen.getByRole('status', { name: 'Connection' }).textContent).toBe('Connecting');
  });

  it('U83 goes through the themes by T, and the switch shows which it is', async () => {
    await renderApp();
    const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });
    expect(radio('System').checked).toBe(true);
    const user = userEvent.setup();
    const seen: unknown[] = [];
    for (const name of ['Dark', 'Light', 'System']) {
      await user.keyboard('t');
      expect(radio(name).checked).toBe(true);
      seen.push(document.documentElement.dataset['theme']);
    }
    expect(seen).toEqual(['dark', 'light', undefined]);
  });

  it('U83 goes on by T from what was chosen by the switch, though the focus is there', async () => {
    await renderApp();
    const user = userEvent.setup();
    await user.click(screen.getByRole('radio', { name: 'Light' }));
    await user.keyboard('tt');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Dark' }).checked).toBe(true);
    expect(document.documentElement.dataset['theme']).toBe('dark');
    delete document.documentElement.dataset['theme'];
  });

  it('U16 shows empty panels, and no failure, until the first answer', async () => {
    await renderApp();
    const panels = within(screen.getByRole('main')).getAllByRole('region');
    expect(panels.map((panel) => panel.getAttribute('aria-label'))).toEqual(PANELS);
    for (const panel of panels) expect(panel.getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
