import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setVisibility } from '#app/testing/page.tsx';
import { keepAwake } from './awake.ts';

class FakeLock {
  released = false;
  async release(): Promise<void> {
    this.released = true;
  }
}

const locks: FakeLock[] = [];
const request = vi.fn<(type: string) => Promise<FakeLock>>();

/** Lets what was promised happen. */
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  locks.length = 0;
  request.mockReset().mockImplementation(async () => {
    const lock = new FakeLock();
    locks.push(lock);
    return lock;
  });
  Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
});

afterEach(() => {
  Reflect.deleteProperty(navigator, 'wakeLock');
  setVisibility('visible');
});

describe('keeping the screen awake', () => {
  it('W22 asks at once, and again when the page is visible again', async () => {
    const awake = keepAwake();
    await settle();
    expect(request).toHaveBeenCalledExactlyOnceWith('screen');
    // So do browsers with a page that is hidden.
    await locks[0]?.release();
    setVisibility('hidden');
    await settle();
    expect(request).toHaveBeenCalledTimes(1);
    setVisibility('visible');
    await settle();
    expect(request).toHaveBeenCalledTimes(2);
    awake.close();
    expect(locks.map(({ released }) => released)).toEqual([true, true]);
  });

  it('W22 asks for no second lock while it has one', async () => {
    const awake = keepAwake();
    await vi.advanceTimersByTimeAsync(600_000);
    setVisibility('visible');
    await settle();
    expect(request).toHaveBeenCalledTimes(1);
    awake.close();
  });

  it('W22 asks again within a minute when it was refused, until it is closed', async () => {
    request.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
    const awake = keepAwake();
    await settle();
    expect(locks).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(locks).toHaveLength(1);
    awake.close();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(request).toHaveBeenCalledTimes(2);
  });

  it('W20 W22 does without where there is no such lock', () => {
    Reflect.deleteProperty(navigator, 'wakeLock');
    expect(() => keepAwake().close()).not.toThrow();
  });
});
