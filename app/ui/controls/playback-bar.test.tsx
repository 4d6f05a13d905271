import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { aFrame, AS_OF_MS } from '#app/testing/frames.ts';
import { renderPage, setElementSize } from '#app/testing/page.tsx';
import type { PageState } from '../store.ts';
import { PlaybackBar } from './playback-bar.tsx';

const HOUR_MS = 3_600_000;
const PAST = { spanMs: HOUR_MS, endMs: AS_OF_MS - 5 * HOUR_MS };

beforeEach(() => {
  setElementSize(1_000, 40);
  window.history.replaceState(null, '', '/');
});

const show = (parts: Partial<PageState> = {}) =>
  renderPage(<PlaybackBar />, { frame: aFrame({ range: PAST }), range: PAST, ...parts });

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

describe('the playback bar', () => {
  it('N12 plays from where one is, and stops there', async () => {
    const { store } = show();
    const user = userEvent.setup();
    await user.click(button('Play'));
    expect(store.getState().playback).toMatchObject({ speed: 60, fromMs: PAST.endMs });
    await user.click(button('Pause playback'));
    expect(store.getState().playback).toBeNull();
    expect(store.getState().range.endMs).toBeGreaterThanOrEqual(PAST.endMs);
    expect(button('Play')).toBeTruthy();
  });

  it('N12 changes speed while it plays, without a jump', async () => {
    const { store } = show();
    const user = userEvent.setup();
    const speed = screen.getByRole('combobox', { name: 'Playback speed' });
    await user.selectOptions(speed, '600');
    expect(store.getState()).toMatchObject({ speed: 600, playback: null });
    await user.click(button('Play'));
    await user.selectOptions(speed, '10');
    const { playback } = store.getState();
    expect(playback?.speed).toBe(10);
    expect((playback?.fromMs ?? 0) - PAST.endMs).toBeLessThan(HOUR_MS);
    const offered = screen.getAllByRole('option').map((one) => one.textContent);
    expect(offered).toEqual(['1×', '10×', '60×', '300×', '600×']);
  });

  it('N12 steps by a point of the charts, and stops for that', async () => {
    const { store } = show();
    const user = userEvent.setup();
    await user.click(button('Step back'));
    expect(store.getState().range.endMs).toBe(PAST.endMs - 5_000);
    await user.click(button('Step on'));
    expect(store.getState().range.endMs).toBe(PAST.endMs);
    await user.click(button('Play'));
    await user.click(button('Step back'));
    expect(store.getState().playback).toBeNull();
  });

  it('N12 is dragged along the line, and goes on playing from there', async () => {
    const { store } = show();
    const slider = screen.getByRole<HTMLInputElement>('slider', { name: 'Playhead' });
    expect(slider.getAttribute('aria-valuetext')).toBe('09:03');
    await userEvent.setup().click(button('Play'));
    const length = window.history.length;
    fireEvent.change(slider, { target: { value: String(PAST.endMs - 2 * HOUR_MS) } });
    const { range, playback } = store.getState();
    expect(Math.abs((range.endMs ?? 0) - PAST.endMs + 2 * HOUR_MS)).toBeLessThan(5_000);
    expect(playback?.fromMs).toBe(range.endMs);
    expect(window.history.length).toBe(length);
    expect(slider.getAttribute('aria-valuetext')).toBe('07:03');
  });

  it('N12 has nowhere to go on to in real time, but back', async () => {
    const range = { spanMs: HOUR_MS, endMs: null };
    const { store } = show({ range, frame: aFrame({ range }) });
    expect([button('Step on').disabled, button('Later').disabled]).toEqual([true, true]);
    expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toBe('live');
    await userEvent.setup().click(button('Earlier'));
    expect(store.getState().range).toEqual({ spanMs: HOUR_MS, endMs: AS_OF_MS - HOUR_MS / 2 });
  });

  it('N10 shows the window on the line', () => {
    const { container } = show();
    const shown = container.querySelector<HTMLElement>('.scrub-shown');
    expect(shown?.style.width).toBe(`${100 / 24}%`);
  });

  it('N3 cannot go anywhere before there is anything', () => {
    renderPage(<PlaybackBar />);
    const names = ['Earlier', 'Step back', 'Stop here', 'Step on', 'Later'];
    expect(names.map((name) => button(name).disabled)).toEqual(names.map(() => true));
  });
});
