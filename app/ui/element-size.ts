import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Inner size of an element and the size of its letters, px. */
export interface ElementSize {
  readonly width: number;
  readonly height: number;
  readonly emPx: number;
}

/** Measures an element before it is first painted and whenever its size changes; null: not yet. */
export function useElementSize(): [RefObject<HTMLDivElement | null>, ElementSize | null] {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<ElementSize | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const measure = () => {
      const emPx = Number.parseFloat(getComputedStyle(element).fontSize);
      setSize({ width: element.clientWidth, height: element.clientHeight, emPx });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
