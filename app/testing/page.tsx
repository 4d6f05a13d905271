import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { afterPaint } from '#app/ui/after-paint.ts';
import { createPageStore, type PageState } from '#app/ui/store.ts';
import { PageContext } from '#app/ui/use-page.ts';
import { AS_OF_MS } from './frames.ts';

/** A few seconds after the frames of `aFrame` were complete. */
export const NOW = { wallMs: AS_OF_MS + 4_000, steadyMs: 1_000_000 };

/** The store of a page that is open since `NOW` and knows what `parts` say. */
export function aPageStore(parts: Partial<PageState> = {}) {
  const store = createPageStore(NOW, null);
  store.setState(parts);
  return store;
}

/** Draws a part of the page as it looks when the page knows what `parts` say. */
export function renderPage(content: ReactNode, parts: Partial<PageState> = {}) {
  const store = aPageStore(parts);
  return { store, ...render(<PageContext value={store}>{content}</PageContext>) };
}

/** Waits for the parts of the page whose code is read after the first paint. */
export async function allParts(): Promise<void> {
  await act(async () => {
    await afterPaint();
    await vi.dynamicImportSettled();
  });
}

/** Lets the page believe that it was hidden or shown. */
export function setVisibility(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Gives every element a size, which the test environment, having no layout, does not. */
export function setElementSize(width: number, height: number): void {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(width);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(height);
}
