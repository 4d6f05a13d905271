import { isSameRange, REAL_TIME, SPANS_MS, type TimeRange } from '#core/view/window.ts';
import { serverNowMs } from './selectors.ts';
import type { PageStore } from './store.ts';
import { searchOf } from './url.ts';
import { usePageStore } from './use-page.ts';

export interface TimeActions {
  /** Shows another length of time, in real time or up to where one is. */
  showSpan(spanMs: number): void;
  /** From real time to the past: what is shown now stays. */
  stopHere(): void;
  /** Shows a part of what is shown, larger. */
  zoom(fromMs: number, toMs: number): void;
  /** Half a window back (-1) or on (1), not beyond the present. */
  pan(direction: -1 | 1): void;
  backToLive(): void;
}

export function useTimeActions(): TimeActions {
  const store = usePageStore();
  return {
    showSpan: (spanMs) => show(store, { ...store.getState().range, spanMs }),
    stopHere: () => {
      const { range, frame } = store.getState();
      if (range.endMs === null && frame?.asOfMs) show(store, { ...range, endMs: frame.asOfMs });
    },
    pan: (direction) => {
      const { range } = store.getState();
      if (range.endMs === null) return;
      const endMs = range.endMs + (direction * range.spanMs) / 2;
      show(store, { ...range, endMs: Math.min(endMs, serverNowMs(store.getState())) });
    },
    zoom: (fromMs, toMs) => show(store, { spanMs: toMs - fromMs, endMs: toMs }),
    backToLive: () => {
      const { spanMs } = store.getState().range;
      const isNamed = SPANS_MS.some((one) => one === spanMs);
      show(store, { ...REAL_TIME, ...(isNamed && { spanMs }) });
    },
  };
}

function show(store: PageStore, range: TimeRange): void {
  const { filter, range: shown, zone } = store.getState();
  if (isSameRange(range, shown)) return;
  store.setState({ range });
  window.history.pushState(null, '', `${window.location.pathname}${searchOf(filter, range, zone)}`);
}
