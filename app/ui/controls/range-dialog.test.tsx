import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '#app/testing/page.tsx';
import { isoIn, zoneNamed } from '#core/time/zone.ts';
import { RangePlace } from './range-place.tsx';

const NOW_MS = Date.UTC(2026, 10, 21, 9, 30);
const ZONE = 'Europe/Berlin';

/** The dialog, open. */
async function openDialog() {
  const now = { wallMs: NOW_MS, steadyMs: 0 };
  const { store } = renderPage(<RangePlace />, { now, zone: ZONE });
  const user = userEvent.setup({ delay: null });
  await reopen(user);
  return { store, user };
}

async function reopen(user: UserEvent): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Custom…' }));
  await screen.findByRole('dialog', { name: 'Custom time range' });
  // The field that takes the focus when the dialog has opened.
  await waitFor(() => expect(document.activeElement).toBe(field('First day')));
}

// By role it takes ten times as long, for all the days of the calendar.
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const told = () => screen.getByRole('status', { name: 'Range' }).textContent;

async function fill(user: UserEvent, name: string, text: string): Promise<void> {
  await user.clear(field(name));
  if (text !== '') await user.paste(text);
}

/** A day of the month that is shown. */
function day(name: string): HTMLElement {
  const cells = within(screen.getByRole('grid')).getAllByText(name);
  const cell = cells.find((one) => !one.hasAttribute('data-outside-range'));
  if (!cell) throw new Error(`there is no day ${name}`);
  return cell;
}

function shown({ spanMs, endMs }: { spanMs: number; endMs: number | null }): string {
  const zone = zoneNamed(ZONE);
  if (endMs === null || !zone) return 'real time';
  return `${isoIn(zone, endMs - spanMs)} to ${isoIn(zone, endMs)}`;
}

describe('the choice of a range', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));

  it('N25 begins with what is on screen, is typed, and is shown', async () => {
    const { store, user } = await openDialog();
    expect(told()).toBe('5 min, 10:25 to 10:30');
    await fill(user, 'First day', '2026-11-19');
    await fill(user, 'Time it begins', '09:00');
    await fill(user, 'Last day', '2026-11-20');
    await fill(user, 'Time it ends', '');
    expect(told()).toBe('39 h, 19 Nov 09:00 to 21 Nov 00:00');
    await user.keyboard('{Enter}');
    expect(shown(store.getState().range)).toBe(
      '2026-11-19T09:00:00+01:00 to 2026-11-21T00:00:00+01:00',
    );
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(new URLSearchParams(window.location.search).get('to')).toBe('2026-11-20T23:00:00.000Z');
  });

  it('N25 may be typed from its end, and from nothing', async () => {
    const { store, user } = await openDialog();
    for (const name of ['First day', 'Time it begins', 'Last day', 'Time it ends']) {
      await user.clear(field(name));
    }
    await fill(user, 'Last day', '2026-11-1');
    await user.keyboard('2');
    expect(field('Last day').value).toBe('2026-11-12');
    await user.tab();
    await fill(user, 'First day', '2026-11-11');
    await user.click(screen.getByRole('button', { name: 'Show this range' }));
    expect(shown(store.getState().range)).toBe(
      '2026-11-11T00:00:00+01:00 to 2026-11-13T00:00:00+01:00',
    );
  });

  it('N25 is picked in the calendar, day by day', async () => {
    const { store, user } = await openDialog();
    await user.click(day('9'));
    expect(await screen.findByText('Now the last day')).toBeTruthy();
    await user.click(day('11'));
    await waitFor(() => expect(field('Last day').value).toBe('2026-11-11'));
    expect(told()).toBe('3 d, 9 Nov 00:00 to 12 Nov 00:00');
    await user.click(screen.getByRole('button', { name: 'Show this range' }));
    expect(shown(store.getState().range)).toBe(
      '2026-11-09T00:00:00+01:00 to 2026-11-12T00:00:00+01:00',
    );
  });

  it('N26 that cannot be shown is explained beside the field, and stays as it was typed', async () => {
    const { store, user } = await openDialog();
    await fill(user, 'First day', 'last week');
    await user.keyboard('{Enter}');
    expect(field('First day').getAttribute('aria-invalid')).toBe('true');
    const described = field('First day').getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toContain('“last week” is no date');
    expect(document.activeElement).toBe(field('First day'));
    expect(store.getState().range.endMs).toBeNull();

    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await reopen(user);
    expect(field('First day').value).toBe('last week');
  });

  it('N26 the wrong way round, or in the future, is explained at once and not shown', async () => {
    const { store, user } = await openDialog();
    await fill(user, 'First day', '2026-11-20');
    await fill(user, 'Last day', '2026-11-19');
    expect(told()).toBe('It ends before it begins.');
    await user.keyboard('{Enter}');
    expect(screen.getByRole('dialog')).toBeTruthy();
    await fill(user, 'First day', '2027-01-01');
    await fill(user, 'Last day', '2027-01-02');
    expect(told()).toBe('This lies in the future: there is nothing to show yet.');
    expect(store.getState().range.endMs).toBeNull();
  });

  it('N27 is a named one at a touch', async () => {
    const { store, user } = await openDialog();
    await user.click(screen.getByRole('button', { name: 'Yesterday' }));
    expect(shown(store.getState().range)).toBe(
      '2026-11-20T00:00:00+01:00 to 2026-11-21T00:00:00+01:00',
    );
    expect(screen.queryByRole('dialog')).toBeNull();
    act(() => store.setState({ zone: 'America/New_York' }));
    await reopen(user);
    expect(field('First day').value).toBe('2026-11-19');
    expect(field('Time it begins').value).toBe('18:00');
  });
});
