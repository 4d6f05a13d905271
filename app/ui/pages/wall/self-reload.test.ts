import { afterEach, describe, expect, it, vi } from 'vitest';
import { aPageStore, NOW } from '#app/testing/page.tsx';
import type { PageState } from '../../store.ts';
import { reloadItself } from './self-reload.ts';

const LIVE = { kind: 'live', via: 'streaming' } as const;
const WAITING = {
  kind: 'waiting',
  attempt: 1,
  untilMs: NOW.steadyMs,
  sinceMs: NOW.steadyMs,
  reason: 'unreachable',
} as const;

function aWall(parts: Partial<PageState>) {
  const store = aPageStore({ connection: LIVE, ...parts });
  const reload = vi.fn<() => void>();
  const wall = reloadItself(store, reload);
  /** Lets so many seconds pass. */
  const wait = (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      const { wallMs, steadyMs } = store.getState().now;
      store.setState({ now: { wallMs: wallMs + 1_000, steadyMs: steadyMs + 1_000 } });
    }
  };
  return { store, reload, wait, close: wall.close };
}

afterEach(() => {
  Reflect.deleteProperty(navigator, 'serviceWorker');
});

function setController(controller: object | null): void {
  Object.defineProperty(navigator, 'serviceWorker', { value: { controller }, configurable: true });
}

describe('a wall that looks after itself', () => {
  it('W24 takes a newer build after a quiet minute, once', () => {
    const { reload, wait } = aWall({ isUpdateReady: true });
    wait(59);
    expect(reload).not.toHaveBeenCalled();
    wait(1);
    expect(reload).toHaveBeenCalledTimes(1);
    wait(300);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('W24 is not loaded anew without a newer build, or once it is closed', () => {
    const { store, reload, wait, close } = aWall({});
    wait(3_600);
    close();
    store.setState({ isUpdateReady: true });
    wait(3_600);
    expect(reload).not.toHaveBeenCalled();
  });

  it('W24 waits through an outage, and a minute beyond it', () => {
    const { store, reload, wait } = aWall({ isUpdateReady: true });
    wait(30);
    store.setState({ connection: WAITING });
    wait(600);
    store.setState({ connection: LIVE });
    wait(59);
    expect(reload).not.toHaveBeenCalled();
    wait(1);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it.each(['pointermove', 'pointerdown', 'keydown', 'wheel'])(
    'W24 waits until a minute after the last %s',
    (name) => {
      const { reload, wait } = aWall({ isUpdateReady: true });
      wait(50);
      window.dispatchEvent(new Event(name));
      wait(59);
      expect(reload).not.toHaveBeenCalled();
      wait(1);
      expect(reload).toHaveBeenCalledTimes(1);
    },
  );

  it('W25 is loaded anew a minute after its worker has failed, outage or not', () => {
    setController({});
    const { store, reload, wait } = aWall({ connection: WAITING });
    wait(300);
    store.setState({ workerFailure: 'It has failed.' });
    wait(59);
    expect(reload).not.toHaveBeenCalled();
    wait(1);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('W25 keeps what it shows when the page itself is not stored', () => {
    setController(null);
    const { reload, wait } = aWall({ workerFailure: 'It has failed.' });
    wait(3_600);
    expect(reload).not.toHaveBeenCalled();
  });
});
