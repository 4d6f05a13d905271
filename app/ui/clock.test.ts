import { afterEach, describe, expect, it, vi } from 'vitest';
import { setVisibility } from '#app/testing/page.tsx';
import { type Moment, startClock } from './clock.ts';

describe('the clock of the page', () => {
  afterEach(() => setVisibility('visible'));

  it('U10 tells both clocks once a second, until it is closed', () => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    const told: Moment[] = [];
    const clock = startClock((now) => told.push(now));
    vi.advanceTimersByTime(2_500);
    clock.close();
    clock.close();
    vi.advanceTimersByTime(5_000);
    expect(told.map((now) => now.wallMs)).toEqual([1_700_000_001_000, 1_700_000_002_000]);
    const [first, second] = told;
    expect((second?.steadyMs ?? 0) - (first?.steadyMs ?? 0)).toBe(1_000);
  });

  it('U10 tells the time at once when the page is shown again', () => {
    vi.useFakeTimers();
    const tell = vi.fn<(now: Moment) => void>();
    const clock = startClock(tell);
    setVisibility('visible');
    expect(tell).toHaveBeenCalledOnce();
    clock.close();
  });
});
