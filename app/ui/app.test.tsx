import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { renderPage, setElementSize } from '#app/testing/page.tsx';
import { App } from './app.tsx';
import type { PageState } from './store.ts';

const PANELS = [
  'Key figures',
  'Spend rate',
  'Token usage',
  'Cost by model',
  'Top customers',
  'Anomalies',
];
const NOTHING = () => undefined;
const ACTIONS = {
  onRetry: NOTHING,
  onConfigure: NOTHING,
  onCatchUp: NOTHING,
  onStorage: () => new Promise<never>(NOTHING),
  onReload: NOTHING,
};

async function renderApp(parts: Partial<PageState> = {}): Promise<void> {
  // The theme switch reads its own parts once more after the first drawing.
  await act(async () => void renderPage(<App {...ACTIONS} />, parts));
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

  it('U16 shows empty panels, and no failure, until the first answer', async () => {
    await renderApp();
    const panels = within(screen.getByRole('main')).getAllByRole('region');
    expect(panels.map((panel) => panel.getAttribute('aria-label'))).toEqual(PANELS);
    for (const panel of panels) expect(panel.getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
