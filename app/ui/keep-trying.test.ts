import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aPageStore, NOW, setVisibility } from '#app/testing/page.tsx';
import { keepTrying } from './keep-trying.ts';

const WAITING = {
  kind: 'waiting',
  attempt: 1,
  untilMs: NOW.steadyMs,
  sinceMs: NOW.steadyMs,
  reason: 'unreachable',
} as const;

/** Something that fails until it is told not to, and the seconds at which it was tried. */
function begin() {
  const startMs = performance.now();
  const store = aPageStore({ connection: WAITING });
  const triedAt: number[] = [];
  const state = { isBroken: true };
  const trying = keepTrying(store, async () => {
    triedAt.push(Math.round((performance.now() - startMs) / 1_000));
    if (state.isBroken) throw new Error('not yet');
  });
  opened.push(trying);
  return { store, state, trying, triedAt };
}

const opened: { close(): void }[] = [];
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  for (const trying of opened.splice(0)) trying.close();
  setVisibility('visible');
  vi.useRealTimers();
});

describe('what is tried until it succeeds', () => {
  it('W37 is tried ever more rarely, without anybody, and not any more once it has', async () => {
    const { state, triedAt } = begin();
    await pass(250);
    expect(triedAt).toEqual([2, 6, 14, 30, 62, 122, 182, 242]);
    state.isBroken = false;
    await pass(1_000);
    expect(triedAt.slice(8)).toEqual([302]);
  });

  it('W37 is tried at once when the server is back, the link is, or somebody looks', async () => {
    const { store, trying, triedAt } = begin();
    await pass(70);
    triedAt.length = 0;
    store.setState({ connection: { kind: 'live', via: 'polling' } });
    await pass(1);
    window.dispatchEvent(new Event('online'));
    await pass(1);
    setVisibility('hidden');
    setVisibility('visible');
    await pass(1);
    trying.tryNow();
    await pass(1);
    expect(triedAt).toEqual([70, 71, 72, 73]);
    store.setState({ connection: { kind: 'live', via: 'streaming' } });
    await pass(1);
    expect(triedAt).toHaveLength(4);
  });

  it('W37 is never tried twice at a time, nor after it was closed', async () => {
    const attempt = vi.fn(() => new Promise<void>(() => undefined));
    const trying = keepTrying(aPageStore(), attempt);
    trying.tryNow();
    trying.tryNow();
    await pass(100);
    expect(attempt).toHaveBeenCalledOnce();
    const { trying: closed, triedAt } = begin();
    closed.close();
    closed.close();
    closed.tryNow();
    await pass(100);
    expect(triedAt).toEqual([]);
    trying.close();
  });
});
