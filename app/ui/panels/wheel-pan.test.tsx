import { act, createEvent, fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { AS_OF_MS, aFrame } from '#app/testing/frames.ts';
import { allParts, renderPage, setElementSize } from '#app/testing/page.tsx';
import { afterPaint } from '../after-paint.ts';
import { TokenUsage } from './token-usage.tsx';

const SPAN_MS = 300_000;
/** 500 ms of the window to a pixel. */
const WIDTH = 600;

async function aChart(parts: Parameters<typeof renderPage>[1] = {}) {
  const { store } = renderPage(<TokenUsage />, { frame: aFrame(), ...parts });
  await allParts();
  const chart = screen.getByRole('application', { name: /^Tokens over time/ });
  /** @returns whether the page is left to scroll */
  const turn = async ({ shiftKey = false, ctrlKey = false, ...wheel }: WheelEventInit) => {
    const event = createEvent.wheel(chart, wheel);
    // The test environment forgets them.
    Object.defineProperties(event, { shiftKey: { value: shiftKey }, ctrlKey: { value: ctrlKey } });
    const isLeft = fireEvent(chart, event);
    await act(afterPaint);
    return isLeft;
  };
  /** The worker has answered. */
  const answer = async () => {
    act(() => store.setState({ frame: aFrame({ range: store.getState().range }) }));
    await act(afterPaint);
    await act(afterPaint);
  };
  return { store, turn, answer, endMs: () => store.getState().range.endMs };
}

const settled = async () => new Promise((done) => void setTimeout(done, 300));

describe('the wheel over the token chart', () => {
  beforeEach(() => {
    setElementSize(WIDTH, 300);
    window.history.replaceState(null, '', '/');
  });

  it('N46 goes back from real time when it is moved sideways, by whole buckets', async () => {
    const { turn, endMs, store } = await aChart();
    expect(await turn({ deltaX: -47 })).toBe(false);
    expect(store.getState().range).toEqual({ spanMs: SPAN_MS, endMs: AS_OF_MS - 20_000 });
    expect(endMs()).toBe(AS_OF_MS - 20_000);
  });

  it('N46 adds up fine steps, and makes one entry of a movement in the history', async () => {
    const { turn, answer, endMs } = await aChart();
    const entries = window.history.length;
    const ends: unknown[] = [];
    for (let step = 0; step < 10; step++) {
      await turn({ deltaX: -4 });
      await answer();
      ends.push(endMs());
    }
    const at = (buckets: number) => AS_OF_MS - buckets * 5_000;
    expect(ends).toEqual([null, null, ...[1, 1, 2, 2, 2, 3, 3, 4].map(at)]);
    await settled();
    const to = new URLSearchParams(window.location.search).get('to') ?? '';
    expect(Date.parse(to)).toBe(AS_OF_MS - 20_000);
    expect(window.history.length).toBe(entries + 1);
  });

  it('N46 waits until what it moved to is shown', async () => {
    const { turn, answer, endMs } = await aChart();
    await turn({ deltaX: -20 });
    await turn({ deltaX: -20 });
    expect(endMs()).toBe(AS_OF_MS - 10_000);
    await answer();
    expect(endMs()).toBe(AS_OF_MS - 20_000);
  });

  it('N46 goes on, but not beyond the present', async () => {
    const range = { spanMs: SPAN_MS, endMs: AS_OF_MS - 20_000 };
    const { turn, endMs } = await aChart({ range, frame: aFrame({ range }) });
    await turn({ deltaX: 1_000 });
    expect(endMs()).toBe(AS_OF_MS);
  });

  it('N46 is moved sideways with Shift too', async () => {
    const { turn, endMs } = await aChart();
    await turn({ deltaY: -10, shiftKey: true });
    expect(endMs()).toBe(AS_OF_MS - 5_000);
  });

  it('N46 scrolls the page otherwise, and zooms it with Control', async () => {
    const { turn, endMs } = await aChart();
    expect(await turn({ deltaY: -100, deltaX: -20 })).toBe(true);
    expect(await turn({ deltaX: -100, ctrlKey: true })).toBe(true);
    expect(await turn({ deltaX: 100 })).toBe(false);
    expect(endMs()).toBeNull();
  });
});
