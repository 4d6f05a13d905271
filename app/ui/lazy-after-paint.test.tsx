import { act, screen } from '@testing-library/react';
import { type ComponentType, Suspense } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderPage } from '#app/testing/page.tsx';
import { lazyAfterPaint } from './lazy-after-paint.ts';
import { PanelBoundary } from './panels/panel-boundary.tsx';

/** A part whose code cannot be had until `arrive`, drawn. */
async function renderPart() {
  let isThere = false;
  const load = vi.fn(async (): Promise<ComponentType> => {
    if (!isThere) throw new TypeError('Failed to fetch');
    return () => <p>The part</p>;
  });
  const Part = lazyAfterPaint(load);
  const content = (
    <PanelBoundary name="The part">
      <Suspense fallback={null}>
        <Part />
      </Suspense>
    </PanelBoundary>
  );
  const page = renderPage(content);
  await pass(0.1);
  return { ...page, content, load, arrive: () => (isThere = true) };
}

const pass = (seconds: number) =>
  act(async () => void (await vi.advanceTimersByTimeAsync(seconds * 1_000)));
const failure = () => screen.queryByRole('alert')?.textContent ?? null;

beforeEach(() => {
  vi.useFakeTimers();
  // React tells of what was thrown; that it was is what these tests are about.
  vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a part whose code does not arrive', () => {
  it('W37 comes by itself, and says until then that it is asked for', async () => {
    const { load, arrive } = await renderPart();
    expect(failure()).toContain('The part failed: its code did not arrive. It is asked for again.');
    await pass(10);
    expect(load).toHaveBeenCalledTimes(3);
    arrive();
    await pass(10);
    expect(screen.getByText('The part')).toBeTruthy();
    expect(failure()).toBeNull();
    await pass(300);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it('U100 comes when it is asked for, and stays failed when that is in vain', async () => {
    const { load, arrive } = await renderPart();
    const tryAgain = () =>
      act(async () => screen.getByRole('button', { name: 'Try again' }).click());
    await tryAgain();
    expect(load).toHaveBeenCalledTimes(2);
    expect(failure()).not.toBeNull();
    arrive();
    await tryAgain();
    expect(screen.getByText('The part')).toBeTruthy();
  });

  it('W37 is asked for by nobody once its place is gone', async () => {
    const { load, unmount } = await renderPart();
    unmount();
    await pass(300);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
