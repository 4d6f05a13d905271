import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aPageStore } from '#app/testing/page.tsx';
import { BUILD_HEADER } from '#core/wire/routes.ts';
import { startCodeWatch } from './code-watch.ts';
import type { Route } from './route.ts';

const HERE = () => new Response('{}', { headers: { [BUILD_HEADER]: 'abc' } });

function begin(route: Route = 'live') {
  const store = aPageStore({ route });
  const reload = vi.fn<() => void>();
  opened.push(startCodeWatch(store, reload));
  const isGone = () => store.getState().isCodeGone;
  return { store, reload, isGone };
}

const opened: { close(): void }[] = [];

function answer(reply: () => Response): void {
  vi.stubGlobal('fetch', async () => reply());
}

/** What Vite says of a part whose code did not arrive, and so many seconds. */
async function fail(seconds: number): Promise<void> {
  window.dispatchEvent(new Event('vite:preloadError'));
  await vi.advanceTimersByTimeAsync(seconds * 1_000);
}

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  for (const watch of opened.splice(0)) watch.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('code that does not arrive', () => {
  it('W38 is gone when it fails twice while the server answers', async () => {
    answer(HERE);
    const { isGone } = begin();
    await fail(2);
    expect(isGone()).toBe(false);
    await fail(2);
    expect(isGone()).toBe(true);
  });

  it('W38 is not gone because several parts fail at once', async () => {
    answer(HERE);
    const { isGone } = begin();
    for (let part = 0; part < 5; part++) await fail(0.1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(isGone()).toBe(false);
  });

  it.each([
    ['nobody answers', () => Response.error()],
    ['a proxy answers', () => new Response('<html>')],
    ['the server is down behind its front', () => new Response('', { status: 502 })],
  ])('W38 is not gone while %s', async (_, reply) => {
    answer(reply);
    const { isGone } = begin();
    for (let time = 0; time < 5; time++) await fail(10);
    expect(isGone()).toBe(false);
  });

  it('W38 has a wall loaded anew within a minute, but not while there is no server', async () => {
    answer(HERE);
    const { reload, isGone } = begin('wall');
    await fail(2);
    await fail(2);
    expect(isGone()).toBe(true);
    answer(() => Response.error());
    await vi.advanceTimersByTimeAsync(180_000);
    expect(reload).not.toHaveBeenCalled();
    answer(HERE);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reload).toHaveBeenCalledOnce();
  });

  it('W38 has nobody else loaded anew', async () => {
    answer(HERE);
    const { reload } = begin('live');
    await fail(2);
    await fail(180);
    expect(reload).not.toHaveBeenCalled();
  });
});
