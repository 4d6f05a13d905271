import { type RefObject, useLayoutEffect, useState } from 'react';

/** How the customers are drawn in the room that there is. */
export interface CustomerLayout {
  /** Cards instead of lines: the columns have no room beside each other. */
  readonly isCards: boolean;
  /** Height of each row, px. */
  readonly rowPx: number;
}

/** Lengths are in rem, which is larger on large screens. */
const CARDS_BELOW_REM = 30;
const LINE_REM = 2.75;
const CARD_REM = 6.75;
const USUAL_REM_PX = 16;

/** @param width of the table, px */
export function customerLayout(width: number, remPx: number): CustomerLayout {
  const isCards = width < CARDS_BELOW_REM * remPx;
  return { isCards, rowPx: (isCards ? CARD_REM : LINE_REM) * remPx };
}

/** The layout for an element's width, before it is first painted and whenever that changes. */
export function useCustomerLayout(
  ref: RefObject<HTMLElement | null>,
  layoutFor = customerLayout,
): CustomerLayout {
  const [layout, setLayout] = useState(() => layoutFor(Infinity, USUAL_REM_PX));
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = () => {
      const next = layoutFor(element.clientWidth, readRemPx());
      setLayout((now) => (now.rowPx === next.rowPx ? now : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, layoutFor]);
  return layout;
}

function readRemPx(): number {
  const { fontSize } = getComputedStyle(document.documentElement);
  return Number.parseFloat(fontSize) || USUAL_REM_PX;
}
