import { act, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { allParts, renderPage, setElementSize } from '#app/testing/page.tsx';
import type { PageState } from '../store.ts';
import { WALL_VIEWS } from './wall/wall-settings.ts';
import { WallPage } from './wall.tsx';

beforeAll(async () => {
  // What is read after the first paint is there before clocks stand still.
  setElementSize(1_800, 900);
  for (const view of WALL_VIEWS) {
    const { unmount } = renderWall(`?views=${view}`);
    await allParts();
    unmount();
  }
});

beforeEach(() => {
  setElementSize(1_800, 900);
  vi.useFakeTimers();
});

afterEach(() => window.history.replaceState(null, '', '/'));

const NOTHING = () => undefined;

function renderWall(search: string, parts: Partial<PageState> = {}) {
  window.history.replaceState(null, '', `/wall${search}`);
  return renderPage(<WallPage onReload={NOTHING} />, {
    frame: aFrame(),
    spendRate: aFrame().spendRate,
    ...parts,
  });
}

const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const shown = () => screen.getAllByRole('region').map((one) => one.getAttribute('aria-label'));
const wall = () => screen.getByRole('main');

describe('the wall', () => {
  it('W21 shows one chosen view after the other, each as long as the address says', async () => {
    renderWall('?views=customers,spend,tokens,models&every=10');
    expect(shown()).toEqual(['Top customers']);
    await wait(9_999);
    expect(shown()).toEqual(['Top customers']);
    await wait(1);
    expect(shown()).toEqual(['Spend rate', 'Key figures']);
    await wait(10_000);
    expect(shown()).toEqual(['Token usage']);
    await wait(10_000);
    expect(shown()).toEqual(['Cost by model']);
    await wait(10_000);
    expect(shown()).toEqual(['Top customers']);
  });

  it('W21 stays at a view that is chosen alone', async () => {
    renderWall('?views=models&every=5');
    await wait(17_000);
    expect(shown()).toEqual(['Cost by model']);
  });

  it('W21 has a cursor for three seconds after a movement only', async () => {
    renderWall('?every=3600');
    expect(wall().dataset['cursor']).toBe('hidden');
    act(() => void window.dispatchEvent(new Event('pointermove')));
    expect(wall().dataset['cursor']).toBe('shown');
    await wait(2_000);
    act(() => void window.dispatchEvent(new Event('pointermove')));
    await wait(2_999);
    expect(wall().dataset['cursor']).toBe('shown');
    await wait(1);
    expect(wall().dataset['cursor']).toBe('hidden');
  });

  it('W23 stands elsewhere each minute, around the middle', async () => {
    renderWall('?every=3600&views=spend');
    const place = () => {
      const { style } = wall().querySelector<HTMLElement>('.wall-stage') ?? wall();
      return [Number(style.getPropertyValue('--x')), Number(style.getPropertyValue('--y'))];
    };
    const places: number[][] = [];
    for (let minute = 0; minute < 9; minute++) {
      places.push(place());
      await wait(60_000);
    }
    expect(new Set(places.map(String)).size).toBe(9);
    for (const axis of [0, 1]) {
      expect(places.reduce((sum, one) => sum + (one[axis] ?? Number.NaN), 0)).toBe(0);
    }
    expect(place()).toEqual([0, 0]);
  });

  it('W60 says for a minute what of the address it could not use', async () => {
    const problem = { said: 'window=2h', why: 'is no length of time on offer' };
    const search = '?views=nothing,spend&every=soon';
    renderWall(search, { addressProblems: [{ ...problem, instead: 'range' }] });
    const notes = () => screen.queryByRole('status', { name: 'About this wall' });
    expect(notes()?.textContent).toContain('views=nothing');
    expect(notes()?.textContent).toContain('every=soon');
    expect(notes()?.textContent).toContain('window=2h: is no length of time on offer.');
    await wait(59_999);
    expect(notes()).not.toBeNull();
    await wait(1);
    expect(notes()).toBeNull();
  });

  it('W60 says nothing of an address that it understood', () => {
    vi.stubGlobal('isSecureContext', true);
    renderWall('?views=spend&every=10');
    expect(screen.queryByRole('status', { name: 'About this wall' })).toBeNull();
    vi.unstubAllGlobals();
  });

  it('W61 says over plain HTTP what a wall misses there', () => {
    vi.stubGlobal('isSecureContext', false);
    renderWall('?views=spend');
    const text = screen.getByRole('status', { name: 'About this wall' }).textContent;
    expect(text).toContain('the screen may fall asleep');
    expect(text).toContain(`https://${window.location.host}`);
    vi.unstubAllGlobals();
  });

  it('W26 says how old the last figures are when no more come', () => {
    const asOfMs = aFrame().asOfMs ?? 0;
    renderWall('?views=spend', { now: { wallMs: asOfMs + 720_000, steadyMs: 0 } });
    expect(wall().querySelector('.wall-status')?.textContent).toContain('12 min ago');
    expect(screen.getByRole('region', { name: 'Spend rate' }).textContent).toContain('$102,346');
  });
});
