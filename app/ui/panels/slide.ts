import { type RefObject, useLayoutEffect, useRef } from 'react';
import { usePageStore } from '../use-page.ts';

/** As long as a tick of the theme: over when the next frame comes, ms. */
const SLIDE_MS = 900;

/**
 * Lets an element that lies at `translateY(topPx)` slide there when it is given another place. A transition of the
 * style would do so only for some: elements that change their order in the document lose theirs.
 */
export function useSlide(topPx: number): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const store = usePageStore();
  const lastPx = useRef(topPx);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || lastPx.current === topPx) return;
    // While the past is played, the next place comes before this one would be reached.
    if (store.getState().playback !== null) {
      lastPx.current = topPx;
      return;
    }
    const fromPx = shownPx(element) ?? lastPx.current;
    lastPx.current = topPx;
    slide(element, fromPx, topPx);
  }, [store, topPx]);
  return ref;
}

/** Where an element is that is on its way, px; null: it is not. */
function shownPx(element: HTMLElement): number | null {
  const isSliding = element.getAnimations().length > 0;
  return isSliding ? new DOMMatrix(getComputedStyle(element).transform).m42 : null;
}

function slide(element: HTMLElement, fromPx: number, toPx: number): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const course = [fromPx, toPx].map((px) => ({ transform: `translateY(${px}px)` }));
  // It stands above one that is still under way, and outlives it.
  element.animate(course, { duration: SLIDE_MS, easing: 'ease' });
}
