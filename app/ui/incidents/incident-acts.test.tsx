import 'fake-indexeddb/auto';
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anAck } from '#app/testing/known-incidents.ts';
import {
  database,
  freshPage,
  opener,
  panel,
  renderPanel,
  row,
  rows,
  states,
  decided,
  requests,
  THREE,
  toast,
} from '#app/testing/incident-panel.tsx';
import { NOW } from '#app/testing/page.tsx';

beforeEach(freshPage);

describe('what is done about incidents', () => {
  it('U116 acknowledges by one click, which is written down and not sent yet', async () => {
    const { user } = await renderPanel(THREE);
    await user.click(row(0).getByRole('button', { name: 'Acknowledge' }));
    await toast();
    await waitFor(() => expect(states()).toEqual(['open', 'open', 'acknowledged']));
    expect(row(2).getByText(/Acknowledged, .* · not sent yet/)).toBeTruthy();
    expect(await requests()).toEqual([['first', 'acknowledged']]);
    // The server has it: what it says counts.
    await act(async () => {
      await database.acks.put(anAck({ incidentId: 'first', state: 'acknowledged', who: 'Ann' }));
      await database.outbox.clear();
    });
    await waitFor(() => expect(row(2).getByText(/Acknowledged by Ann/)).toBeTruthy());
    expect(screen.queryByText(/not sent yet/)).toBeNull();
    await user.click(row(2).getByRole('button', { name: 'Open again' }));
    await waitFor(() => expect(states()).toEqual(['open', 'open', 'open']));
  });

  it('U116 dismisses, snoozes and notes the one that is open', async () => {
    const { user } = await renderPanel(THREE.slice(0, 1));
    await user.click(opener(0));
    await user.click(await row(0).findByRole('button', { name: 'Snooze…' }));
    await user.click(await row(0).findByRole('button', { name: '1 h' }));
    await toast();
    await waitFor(() => expect(states()).toEqual(['snoozed']));
    expect(await decided()).toMatchObject([
      { state: 'snoozed', untilMs: NOW.wallMs + 3_600_000, note: '', who: '' },
    ]);
    await user.click(row(0).getByRole('button', { name: 'Add a note…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Note on the incident' }));
    await user.type(dialog.getByRole('textbox', { name: /For whoever/ }), 'a load test');
    await user.type(dialog.getByRole('textbox', { name: /Your name/ }), 'Ann');
    await user.click(dialog.getByRole('button', { name: 'Keep the note' }));
    await waitFor(() => expect(row(0).getByText('a load test')).toBeTruthy());
    expect(states()).toEqual(['snoozed']);
    await user.click(row(0).getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(states()).toEqual(['dismissed']));
    expect((await decided()).slice(1)).toMatchObject([
      { state: 'snoozed', untilMs: NOW.wallMs + 3_600_000, note: 'a load test', who: 'Ann' },
      { state: 'dismissed', note: 'a load test', who: 'Ann' },
    ]);
  });

  it('U117 undoes what was just done, by a decision that restores what was before', async () => {
    const { user } = await renderPanel(THREE.slice(0, 1));
    const untilMs = NOW.wallMs + 900_000;
    await act(async () => {
      await database.acks.put(anAck({ incidentId: 'first', state: 'snoozed', untilMs }));
    });
    await waitFor(() => expect(states()).toEqual(['snoozed']));
    act(() => opener(0).focus());
    await user.keyboard('a');
    const told = within(await toast());
    await waitFor(() => expect(states()).toEqual(['acknowledged']));
    expect(told.getByText('Acknowledged')).toBeTruthy();
    await user.click(told.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(states()).toEqual(['snoozed']));
    expect(await decided()).toMatchObject([
      { state: 'acknowledged' },
      { state: 'snoozed', untilMs },
    ]);
  });

  it('U118 tells what the storage does not keep, and tries it again', async () => {
    const { user } = await renderPanel(THREE.slice(0, 1));
    const full = vi.spyOn(database.outbox, 'bulkAdd').mockRejectedValue(new Error('it is full'));
    await user.click(row(0).getByRole('button', { name: 'Acknowledge' }));
    const told = within(await screen.findByRole('alert', { name: 'Decision' }));
    expect(
      told.getByText(/“Acknowledged” could not be kept on this device: it is full/),
    ).toBeTruthy();
    expect(states()).toEqual(['open']);
    full.mockRestore();
    await user.click(told.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(states()).toEqual(['acknowledged']));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('U119 deals with several at once: a stretch, or all that are listed', async () => {
    const { user } = await renderPanel(THREE);
    await user.click(row(0).getByRole('checkbox'));
    await user.keyboard('{Shift>}');
    await user.click(row(2).getByRole('checkbox'));
    await user.keyboard('{/Shift}');
    await panel().findByRole('group', { name: 'Selected incidents' });
    const bar = () => within(panel().getByRole('group', { name: 'Selected incidents' }));
    expect(bar().getByRole('status').textContent).toBe('3 selected');
    await user.click(row(1).getByRole('checkbox'));
    expect(bar().getByRole('status').textContent).toBe('2 selected');
    await user.click(bar().getByRole('checkbox', { name: 'All' }));
    expect(bar().getByRole('status').textContent).toBe('3 selected');
    await user.click(bar().getByRole('button', { name: 'Dismiss' }));
    await toast();
    await waitFor(() => expect(states()).toEqual(['dismissed', 'dismissed', 'dismissed']));
    expect(panel().queryByRole('group', { name: 'Selected incidents' })).toBeNull();
    const toasts = await screen.findAllByRole('status', { name: 'Decision' });
    expect(toasts.map((one) => one.querySelector('p')?.textContent)).toEqual([
      '3 incidents dismissed',
    ]);
    await user.click(within(toasts[0] ?? document.body).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(states()).toEqual(['open', 'open', 'open']));
  });

  it('U119 leaves alone what is so already', async () => {
    const { user } = await renderPanel(THREE);
    await act(async () => {
      await database.acks.put(anAck({ incidentId: 'first', state: 'dismissed', who: 'Ben' }));
    });
    await waitFor(() => expect(states()).toEqual(['open', 'open', 'dismissed']));
    await user.click(row(0).getByRole('checkbox'));
    const bar = within(await panel().findByRole('group', { name: 'Selected incidents' }));
    await user.click(bar.getByRole('checkbox', { name: 'All' }));
    await user.click(bar.getByRole('button', { name: 'Dismiss' }));
    await toast();
    await waitFor(() => expect(states()).toEqual(['dismissed', 'dismissed', 'dismissed']));
    expect(await requests()).toEqual([
      ['third', 'dismissed'],
      ['second', 'dismissed'],
    ]);
  });

  it('U121 is one stop of the keyboard, with a key for each act', async () => {
    const { user, store } = await renderPanel(THREE);
    act(() => opener(0).focus());
    const place = () => rows().findIndex((one) => one.contains(document.activeElement));
    const walked = [];
    for (const key of ['{ArrowDown}', '{End}', '{Home}', '{ArrowUp}']) {
      await user.keyboard(key);
      walked.push(place());
    }
    expect(walked).toEqual([1, 2, 0, 0]);
    const stops = rows().flatMap((one) => [...one.querySelectorAll('[tabindex="0"]')]);
    expect(stops.every((one) => rows()[0]?.contains(one))).toBe(true);
    await user.keyboard('{Enter}');
    expect(store.getState().pickedIncident).toBe('first');
    await user.keyboard('{Escape}');
    expect(store.getState().pickedIncident).toBeNull();
    await user.keyboard('x');
    expect(await panel().findByText('1 selected')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(panel().queryByText('1 selected')).toBeNull();
    await user.keyboard('s');
    const quarter = await panel().findByRole('button', { name: '15 min' });
    await waitFor(() => expect(document.activeElement).toBe(quarter));
    await user.keyboard('{Escape}');
    expect(panel().queryByRole('button', { name: '15 min' })).toBeNull();
    expect(place()).toBe(0);
  });

  it('U121 goes on to the next one after dealing with one', async () => {
    const { user } = await renderPanel(THREE);
    act(() => opener(0).focus());
    await user.keyboard('a');
    await toast();
    await waitFor(() => expect(states()).toEqual(['open', 'open', 'acknowledged']));
    expect(rows()[0]?.contains(document.activeElement)).toBe(true);
    await user.keyboard('d');
    await waitFor(() => expect(states()).toEqual(['open', 'acknowledged', 'dismissed']));
    expect(await requests()).toEqual([
      ['first', 'acknowledged'],
      ['second', 'dismissed'],
    ]);
    await user.keyboard('{End}u');
    await waitFor(() => expect(states()).toEqual(['open', 'open', 'acknowledged']));
  });

  it('U122 tells what became of decisions that do not count, until it is read', async () => {
    const { user } = await renderPanel(THREE);
    const request = { ...anAck(), clientId: 'own-decision' };
    const by = anAck({ state: 'dismissed', who: 'Ben', atMs: Date.UTC(2026, 2, 3, 14, 5) });
    await act(async () => {
      await database.notices.bulkAdd([
        {
          incidentId: 'first',
          request,
          what: { kind: 'superseded', by, mineMs: by.atMs - 120_000 },
        },
        { incidentId: 'gone', request, what: { kind: 'refused', reason: 'no such incident' } },
      ]);
    });
    await panel().findByRole('list', { name: 'What became of your decisions' });
    const list = () => within(panel().getByRole('list', { name: 'What became of your decisions' }));
    await waitFor(() => expect(list().getAllByRole('listitem')).toHaveLength(2));
    const words = list()
      .getAllByRole('listitem')
      .map((one) => one.querySelector('strong')?.textContent);
    expect(words[0]).toMatch(/^Ben dismissed this at .*14:05, 2 min after you acknowledged it$/);
    expect(words[1]).toBe('The server refused that you acknowledged this: no such incident');
    await user.click(list().getByRole('button', { name: /^Dismiss: Ben/ }));
    await waitFor(() => expect(list().getAllByRole('listitem')).toHaveLength(1));
    expect(await database.notices.count()).toBe(1);
  });
});
