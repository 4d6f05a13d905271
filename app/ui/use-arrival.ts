import { type RefObject, useEffect, useRef } from 'react';

/**
 * Gives the focus to where a page begins when one comes to it from another: it would stay on the link otherwise, or
 * be lost. Whoever has only just opened the app has none, and begins at the top.
 */
export function useArrival<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (document.activeElement !== document.body) ref.current?.focus({ preventScroll: true });
  }, []);
  return ref;
}
