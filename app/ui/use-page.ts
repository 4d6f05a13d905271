import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { PageState, PageStore } from './store.ts';

export const PageContext = createContext<PageStore | null>(null);

/**
 * A part of the page's state; the component is drawn again when that part changes.
 * @throws {Error} outside of a `PageContext`: the composition root provides it
 */
export function usePage<T>(select: (state: PageState) => T): T {
  return useStore(usePageStore(), select);
}

/** The page's state itself, for what changes it. @throws {Error} outside of a `PageContext` */
export function usePageStore(): PageStore {
  const store = use(PageContext);
  if (!store) throw new Error('no PageContext around this component');
  return store;
}
