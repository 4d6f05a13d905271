import { afterEach, describe, expect, it, vi } from 'vitest';
import { setVisibility } from '#app/testing/page.tsx';
import { afterPaint } from './after-paint.ts';

describe('what waits for the first paint', () => {
  afterEach(() => setVisibility('visible'));

  it('U1 waits for the animation frame and for what follows it', async () => {
    vi.useFakeTimers();
    const done = vi.fn<() => void>();
    const waiting = async () => {
      await afterPaint();
      done();
    };
    void waiting();
    await vi.advanceTimersByTimeAsync(0);
    expect(done).not.toHaveBeenCalled();
    vi.advanceTimersToNextFrame();
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toHaveBeenCalledOnce();
  });

  it('U1 does not wait on a hidden page, which is not painted', async () => {
    setVisibility('hidden');
    await expect(afterPaint()).resolves.toBeUndefined();
  });
});
