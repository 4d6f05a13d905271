import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { AS_OF_MS, aFrame } from '#app/testing/frames.ts';
import { anAnomaly } from '#app/testing/known-incidents.ts';
import { allParts, renderPage, setElementSize } from '#app/testing/page.tsx';
import type { KnownIncident } from '#app/database/incidents.ts';
import type { PageState } from '../store.ts';
import { ChartIncidents } from './chart-incidents.tsx';

const MINUTE_MS = 60_000;
const SPAN = { fromMs: AS_OF_MS - 5 * MINUTE_MS, toMs: AS_OF_MS };

/** An incident of a customer that began, and was found, so many minutes before the end of the window. */
function known(id: string, minutes: number, parts: Parameters<typeof anAnomaly>[0] = {}) {
  const startMs = AS_OF_MS - minutes * MINUTE_MS;
  const anomaly = anAnomaly({
    id,
    startMs,
    foundMs: startMs + 30_000,
    updatedMs: AS_OF_MS,
    endMs: null,
    root: { dimension: 'customer', id },
    ...parts,
  });
  const explanation = anomaly.explanation && {
    ...anomaly.explanation,
    sentence: `${id} tripled`,
    first: { key: { dimension: 'customer' as const, id }, percent: 90 },
  };
  const one: KnownIncident = { anomaly: { ...anomaly, explanation }, ack: undefined, pending: [] };
  return one;
}

function render(incidents: readonly KnownIncident[], parts: Partial<PageState> = {}) {
  return renderPage(<ChartIncidents span={SPAN} />, { frame: aFrame(), incidents, ...parts });
}

const marks = () =>
  screen.queryAllByRole('button').map((one) => one.getAttribute('aria-label') ?? '');
const tip = () => screen.queryByRole('tooltip')?.textContent ?? null;

describe('incidents on the chart', () => {
  beforeEach(() => setElementSize(800, 300));

  it('V50 are told when they are focused or pointed at, and no longer', async () => {
    render([known('acme', 3)]);
    expect(marks()).toEqual(['Incident: acme tripled']);
    await userEvent.tab();
    await allParts();
    expect(tip()).toContain('acme tripled');
    expect(tip()).toContain('ongoing for 3 min');
    expect(tip()).toContain('/h');
    expect(tip()).toContain('At its worst');
    const described = screen.getByRole('button').getAttribute('aria-describedby');
    expect(screen.getByRole('tooltip').id).toBe(described);
    await userEvent.keyboard('{Escape}');
    expect(tip()).toBeNull();
    await userEvent.hover(screen.getByRole('button'));
    expect(tip()).toContain('acme tripled');
    await userEvent.unhover(screen.getByRole('button'));
    expect(tip()).toBeNull();
  });

  it('V50 are opened by a click or Enter, and the page shows their cause', async () => {
    const { store } = render([known('acme', 3), known('bolt', 1)]);
    await userEvent.click(screen.getByRole('button', { name: /acme/ }));
    expect(store.getState().pickedIncident).toBe('acme');
    expect(store.getState().filter.customers).toEqual(['acme']);
    act(() => screen.getByRole('button', { name: /bolt/ }).focus());
    await userEvent.keyboard('{Enter}');
    expect(store.getState().pickedIncident).toBe('bolt');
    expect(store.getState().filter.customers).toEqual(['bolt']);
  });

  it('V51 are one stop for the Tab key, and the arrows go between them', async () => {
    render([known('acme', 4), known('bolt', 2.5), known('cedar', 1)]);
    expect(screen.getByRole('toolbar', { name: 'Incidents on the chart' })).toBeTruthy();
    const focused = () => document.activeElement?.getAttribute('aria-label');
    await userEvent.tab();
    expect(focused()).toContain('cedar');
    await userEvent.keyboard('{ArrowLeft}');
    expect(focused()).toContain('bolt');
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(focused()).toContain('acme');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(focused()).toContain('cedar');
    await userEvent.keyboard('{Home}');
    await userEvent.tab();
    expect(document.activeElement).toBe(document.body);
    await userEvent.tab();
    expect(focused()).toContain('acme');
  });

  it('V49 that begin together are one mark, which tells of the worst', async () => {
    const { store } = render([
      known('acme', 3, { severity: 'minor' }),
      known('bolt', 2.95, { severity: 'critical' }),
      known('cedar', 2.9, { severity: 'minor' }),
      known('dune', 2.88, { severity: 'minor' }),
    ]);
    expect(marks()).toEqual(['4 incidents: bolt tripled']);
    await userEvent.tab();
    await allParts();
    expect(tip()).toContain('and 1 more');
    await userEvent.keyboard('{Enter}');
    expect(store.getState().pickedIncident).toBe('bolt');
  });

  it('V48 are those that were found by the instant that is shown', () => {
    const past = (minutes: number): Partial<PageState> => ({
      range: { spanMs: 5 * MINUTE_MS, endMs: AS_OF_MS - minutes * MINUTE_MS },
    });
    const { store } = render([known('acme', 3)], past(2.6));
    expect(marks()).toEqual([]);
    act(() => store.setState(past(2.4)));
    expect(marks()).toEqual(['Incident: acme tripled']);
  });

  it('V48 are of the slice that is shown, and none that was dismissed', () => {
    const dismissed: KnownIncident = {
      ...known('bolt', 1),
      ack: {
        clientId: 'made-here-1',
        incidentId: 'bolt',
        state: 'dismissed',
        note: '',
        who: '',
        atMs: AS_OF_MS - 1_000,
        revision: 3,
      },
    };
    const { store } = render([known('acme', 3), dismissed]);
    expect(marks()).toEqual(['Incident: acme tripled']);
    const filter = { tenants: [], customers: ['other'], models: [] };
    act(() => store.setState({ filter, frame: aFrame({ filter }) }));
    expect(marks()).toEqual([]);
  });
});
