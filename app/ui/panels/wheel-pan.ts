import { type RefObject, useEffect } from 'react';
import { isSameRange } from '#core/view/window.ts';
import type { PageStore } from '../store.ts';
import { panBy, settleAddress } from '../time-actions.ts';
import { usePageStore } from '../use-page.ts';

/** Height of a line of text, for wheels that count in lines, px. */
const LINE_PX = 16;
/** A window that is not there after so long does not hold up the next, ms. */
const LONGEST_WAIT_MS = 250;
/** A wheel that was still for so long has stopped, ms. */
const STILL_MS = 200;

/** A wheel that is moved sideways, or with Shift, moves the window of the chart along with it. */
export function useWheelPan(chart: RefObject<HTMLElement | null>): void {
  const store = usePageStore();
  useEffect(() => {
    const element = chart.current;
    if (!element) return undefined;
    const pan = new WheelPan(store, element);
    return () => pan.close();
  }, [store, chart]);
}

class WheelPan {
  readonly #store: PageStore;
  readonly #element: HTMLElement;
  readonly #listening = new AbortController();
  /** What the wheel was moved and the window was not yet, ms. */
  #owedMs = 0;
  #request: number | null = null;
  #movedAtMs = 0;
  #isMoving = false;
  #stop: ReturnType<typeof setTimeout> | undefined;

  constructor(store: PageStore, element: HTMLElement) {
    this.#store = store;
    this.#element = element;
    const { signal } = this.#listening;
    // React listens passively, and the browser would go a page back.
    element.addEventListener('wheel', (event) => this.#turn(event), { passive: false, signal });
  }

  close(): void {
    this.#listening.abort();
    if (this.#request !== null) cancelAnimationFrame(this.#request);
    clearTimeout(this.#stop);
  }

  #turn(event: WheelEvent): void {
    const { frame } = this.#store.getState();
    const px = sidewaysPx(event, this.#element.clientWidth);
    if (px === 0 || !frame) return;
    event.preventDefault();
    this.#owedMs += (px * frame.windowMs) / this.#element.clientWidth;
    this.#request ??= requestAnimationFrame(() => this.#pan());
    clearTimeout(this.#stop);
    this.#stop = setTimeout(() => this.#end(), STILL_MS);
  }

  /** Whole buckets, once per animation frame, and not before the last move is on screen. */
  #pan(): void {
    this.#request = null;
    const { frame, range } = this.#store.getState();
    if (!frame) return;
    const isShown = isSameRange(frame.range, range);
    if (!isShown && performance.now() - this.#movedAtMs < LONGEST_WAIT_MS) {
      this.#request = requestAnimationFrame(() => this.#pan());
      return;
    }
    const bucketMs = frame.tokenSeries.resolutionMs;
    const byMs = Math.trunc(this.#owedMs / bucketMs) * bucketMs;
    this.#owedMs -= byMs;
    if (byMs === 0) return;
    panBy(this.#store, byMs, this.#isMoving);
    this.#isMoving = true;
    this.#movedAtMs = performance.now();
  }

  #end(): void {
    if (this.#request !== null) {
      this.#stop = setTimeout(() => this.#end(), STILL_MS);
      return;
    }
    this.#owedMs = 0;
    if (this.#isMoving) settleAddress(this.#store);
    this.#isMoving = false;
  }
}

/** How far a wheel was moved sideways, px; 0: it scrolls the page, or zooms it. */
function sidewaysPx(event: WheelEvent, pagePx: number): number {
  const { deltaX, deltaY, deltaMode, shiftKey } = event;
  if (event.ctrlKey) return 0;
  // Some systems turn the wheel with Shift sideways themselves, others leave that to the page.
  const isSideways = shiftKey || Math.abs(deltaX) > Math.abs(deltaY);
  const delta = isSideways ? deltaX || deltaY : 0;
  if (deltaMode === WheelEvent.DOM_DELTA_LINE) return delta * LINE_PX;
  return deltaMode === WheelEvent.DOM_DELTA_PAGE ? delta * pagePx : delta;
}
