import { act, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { renderPage } from '#app/testing/page.tsx';
import { AsOf } from '../panels/as-of.tsx';
import { ownZoneName } from '../time-format.ts';
import { rememberedZone, tellZoneInAddress } from '../zone-choice.ts';
import { ZonePlace } from './zone-place.tsx';

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Time zone' });

/** At once: keys that follow each other within a millisecond are no test of this. */
async function search(user: UserEvent, text: string): Promise<void> {
  await user.click(field());
  await screen.findAllByRole('option');
  await user.paste(text);
}

function renderZone() {
  const frame = aFrame({ asOfMs: Date.UTC(2026, 2, 29, 0, 59, 58) });
  const content = (
    <>
      <ZonePlace />
      <AsOf />
    </>
  );
  return renderPage(content, { frame, now: { wallMs: Date.UTC(2026, 2, 29, 1), steadyMs: 0 } });
}

describe('the time zone', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));
  afterEach(() => window.history.replaceState(null, '', '/'));

  it('N24 is found by its name, and all times are told in it at once', async () => {
    const { store, container } = renderZone();
    const user = userEvent.setup();
    expect(field().placeholder).toBe(ownZoneName());
    await search(user, 'new york');
    await user.click(await screen.findByRole('option', { name: /America\/New_York/ }));
    expect(store.getState().zone).toBe('America/New_York');
    expect(container.querySelector('time')?.textContent).toBe('as of 20:59:58');
    expect(field().placeholder).toBe('America/New_York');
    await search(user, 'berlin');
    await screen.findByRole('option', { name: /Berlin/ });
    await user.keyboard('{ArrowDown}{Enter}');
    expect(container.querySelector('time')?.textContent).toBe('as of 01:59:58');
  });

  it('N24 is kept on this device and in the address, until it is the one of the device again', async () => {
    const { store } = renderZone();
    const user = userEvent.setup();
    await search(user, 'utc');
    await user.click(await screen.findByRole('option', { name: /^UTC/ }));
    expect([store.getState().zone, rememberedZone()]).toEqual(['UTC', 'UTC']);
    expect(window.location.search).toBe('?zone=UTC');
    await search(user, 'this device');
    await user.click(await screen.findByRole('option', { name: /This device/ }));
    expect([store.getState().zone, rememberedZone()]).toEqual([null, null]);
    expect(window.location.search).toBe('');
  });

  it('N24 is put into the address of a page that was opened without', () => {
    const { store } = renderZone();
    act(() => store.setState({ zone: 'Asia/Kathmandu' }));
    tellZoneInAddress(store);
    expect(window.location.search).toBe('?zone=Asia%2FKathmandu');
  });

  it('W48 leaves the address of a wall as it is, so that it is loaded anew by what it was given', () => {
    const wall = '/wall?views=spend&every=45';
    window.history.replaceState(null, '', wall);
    const { store } = renderZone();
    act(() => store.setState({ route: 'wall', zone: 'Asia/Kathmandu' }));
    tellZoneInAddress(store);
    expect(window.location.pathname + window.location.search).toBe(wall);
  });

  it('N20 is found by a name that the browser lists under another, and a wrong one is told', async () => {
    const { store } = renderZone();
    const user = userEvent.setup();
    await search(user, 'asia/kolkata');
    await user.click(await screen.findByRole('option', { name: /asia\/kolkata/i }));
    expect(store.getState().zone?.toLowerCase()).toBe('asia/kolkata');
    await search(user, 'atlantis');
    expect(await screen.findByText('This browser knows no zone that is called that')).toBeTruthy();
  });
});
