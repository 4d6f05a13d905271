import 'fake-indexeddb/auto';
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_FILTER } from '#core/view/filter.ts';
import { aFrame } from '#app/testing/frames.ts';
import { anAnomaly } from '#app/testing/known-incidents.ts';
import {
  database,
  freshPage,
  opener,
  panel,
  renderPanel,
  row,
  rows,
  severities,
  THREE,
} from '#app/testing/incident-panel.tsx';
import { NOW, renderPage } from '#app/testing/page.tsx';
import { Anomalies } from '../panels/anomalies.tsx';

beforeEach(freshPage);

describe('the panel of anomalies', () => {
  it('U114 lists what is the matter, the gravest first', async () => {
    await renderPanel(THREE.toReversed());
    expect(severities()).toEqual(['critical', 'major', 'minor']);
    const [first] = rows();
    expect(first?.textContent).toMatch(
      /^Critical Spend spike acme-robotics acme-robotics' gpt-4 calls tripled/,
    );
    expect(first?.textContent).toContain('+$1,240/h, +$62.00 so far ongoing for 3 min');
    expect(panel().getByText('open of 3').textContent).toBe('3 open of 3');
    expect(rows().map((one) => one.getAttribute('aria-posinset'))).toEqual(['1', '2', '3']);
  });

  it('U120 lists those of a state, a severity and a kind, and the one that is open', async () => {
    const { user } = await renderPanel(THREE, { pickedIncident: 'second' });
    await user.selectOptions(panel().getByRole('combobox', { name: 'Severity' }), 'Critical');
    expect(severities()).toEqual(['critical', 'major']);
    await user.selectOptions(panel().getByRole('combobox', { name: 'Kind' }), 'Latency');
    expect(severities()).toEqual(['major']);
    await user.click(row(0).getByRole('button', { expanded: true }));
    expect(panel().queryByRole('listitem')).toBeNull();
    expect(panel().getByText('None like that')).toBeTruthy();
    await user.click(panel().getByRole('button', { name: 'Show all' }));
    expect(severities()).toEqual(['critical', 'major', 'minor']);
  });

  it('U123 draws few rows of a thousand incidents', async () => {
    const many = Array.from({ length: 1_000 }, (_, i) => anAnomaly({ id: `incident-${i}` }));
    const { user } = await renderPanel(many);
    expect(rows().length).toBeLessThan(30);
    expect(rows()[0]?.getAttribute('aria-setsize')).toBe('1000');
    act(() => opener(0).focus());
    await user.keyboard('{End}');
    expect(
      document.activeElement?.closest('[role="listitem"]')?.getAttribute('aria-posinset'),
    ).toBe('1000');
    expect(rows().length).toBeLessThan(30);
  });

  it('U124 reads out a critical incident that has just come, and none that was there', async () => {
    const old = anAnomaly({ id: 'old', severity: 'critical', foundMs: NOW.wallMs - 20_000 });
    const { container } = await renderPanel([old]);
    const spoken = () => container.querySelector('[aria-live="polite"]')?.textContent;
    expect(spoken()).toBe('');
    const late = anAnomaly({ id: 'late', severity: 'critical', foundMs: NOW.wallMs - 600_000 });
    const mild = anAnomaly({ id: 'mild', severity: 'major', foundMs: NOW.wallMs });
    await act(async () => {
      await database.anomalies.bulkPut([late, mild]);
    });
    await waitFor(() => expect(rows()).toHaveLength(3));
    expect(spoken()).toBe('');
    await act(async () => {
      await database.anomalies.put(anAnomaly({ ...old, id: 'new', foundMs: NOW.wallMs }));
    });
    await waitFor(() => expect(spoken()).toMatch(/^New critical incident: acme-robotics' gpt-4/));
  });

  it('U128 shows the cause alone of the one that is opened, and all again when it is closed', async () => {
    const { user, store } = await renderPanel(THREE);
    await user.click(opener(0));
    expect(store.getState().filter).toEqual({ ...NO_FILTER, customers: ['acme-robotics'] });
    expect(window.location.search).toBe('?customer=acme-robotics&zone=UTC&incident=first');
    await user.click(row(0).getByRole('button', { expanded: true }));
    expect(store.getState().filter).toEqual(NO_FILTER);
    expect(window.location.search).toBe('?zone=UTC');
  });

  it('U128 opens and brings into sight what was picked elsewhere', async () => {
    const { store } = await renderPanel(THREE);
    const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView');
    act(() => store.setState({ pickedIncident: 'third' }));
    await row(2).findByRole('table', { name: 'Customers' });
    expect(row(2).getByRole('button', { expanded: true })).toBeTruthy();
    const section = screen.getByRole('region', { name: 'Anomalies' });
    expect(scrolled.mock.contexts).toContain(section);
    act(() => store.setState({ pickedIncident: 'nowhere' }));
    expect(panel().getByText(/is not known on this device/)).toBeTruthy();
  });

  it('U115 tells all of the one that is open', async () => {
    const share = (id: string, percent: number) => {
      const change = percent * 620_000;
      return { id, usual: 1, actual: change + 1, change, percent };
    };
    const customers = [60, 25, 10, 7, 3, -5].map((percent, i) => share(`c${i}`, percent));
    const explanation = anAnomaly().explanation;
    if (!explanation) throw new Error('not explained');
    const { contributions } = explanation;
    const explained = { ...explanation, contributions: { ...contributions, customers } };
    const { user } = await renderPanel([
      anAnomaly({ id: 'first', revision: 7, explanation: explained }),
    ]);
    await user.click(opener(0));
    const table = within(await row(0).findByRole('table', { name: 'Customers' }));
    const lines = table.getAllByRole('row').map((one) => one.textContent);
    expect(lines).toEqual(['c0+$37.2060 %', 'c1+$15.5025 %', 'c2+$6.2010 %', '3 others+$3.105 %']);
    const text = rows()[0]?.textContent ?? '';
    expect(text).toContain('more or fewer calls+$60.00larger or smaller calls+$1.00');
    expect(text).toContain('Usual at this hour$550/h; here $1,790/h.');
    expect(text).toContain('the largest rise in the 7 d watched');
    expect(text).toMatch(/Found\d\d:\d\d:\d\d, 15 s after it began\./);
    expect(text).toContain('DecidedNothing yet.');
  });
});

describe('a panel without incidents', () => {
  it('U125 says that nothing happened, and what is watched', async () => {
    await renderPanel([]);
    expect(
      await panel().findByText(/^Nothing out of the ordinary in the last 24\sh$/),
    ).toBeTruthy();
    expect(panel().getByText(/spend, tokens, calls, latency/)).toBeTruthy();
  });

  it('U125 says that no server was heard, that nothing can be kept, or that files are not watched', async () => {
    const { store, unmount } = await renderPanel([]);
    await act(async () => {
      await database.meta.clear();
    });
    expect(await panel().findByText('Not heard from yet')).toBeTruthy();
    act(() => store.setState({ storage: { kind: 'memory-only', why: 'unavailable' } }));
    expect(panel().getByText('Incidents cannot be kept here')).toBeTruthy();
    act(() => store.setState({ route: 'evidence' }));
    expect(panel().getByText('Not watched')).toBeTruthy();
    unmount();
  });

  it('U125 is busy until the device has been read', () => {
    renderPage(<Anomalies />, { frame: aFrame() });
    const section = screen.getByRole('region', { name: 'Anomalies' });
    expect(section.getAttribute('aria-busy')).toBe('true');
  });
});
