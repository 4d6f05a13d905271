import { ceilTo, FINEST_MS, floorTo } from '#core/time/resolution.ts';
import { isSameRange, REAL_TIME, SPANS_MS, type TimeRange } from '#core/view/window.ts';
import { serverNowMs } from './selectors.ts';
import type { PageState, PageStore } from './store.ts';
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
  /** Half as much (0.5) or twice as much (2) around the middle; in real time the next shorter or longer window. */
  scale(factor: 0.5 | 2): void;
  backToLive(): void;
}

/** Less than this shows nothing, more is refused by the server. */
const LEAST_SPAN_MS = 60_000;
const MOST_SPAN_MS = 399 * 86_400_000;

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
    scale: (factor) => show(store, scaled(store.getState(), factor)),
    backToLive: () => {
      const { spanMs } = store.getState().range;
      const isNamed = SPANS_MS.some((one) => one === spanMs);
      show(store, { ...REAL_TIME, ...(isNamed && { spanMs }) });
    },
  };
}

/**
 * Moves the window of a chart by whole buckets, from real time too, but not beyond the present.
 * @param byMs negative: back
 * @param isContinued a part of one movement: its entry in the history is made by the first part, and is
 *   brought up to date by `settleAddress`, as browsers bear no change of the address per animation frame
 */
export function panBy(store: PageStore, byMs: number, isContinued: boolean): void {
  const page = store.getState();
  const { frame, range } = page;
  if (!frame || (range.endMs === null && byMs > 0)) return;
  const { fromMs, resolutionMs } = frame.tokenSeries;
  const endMs = range.endMs ?? fromMs + frame.windowMs;
  const newestMs = floorTo(serverNowMs(page), resolutionMs);
  const next = { ...range, endMs: Math.min(ceilTo(endMs, resolutionMs) + byMs, newestMs) };
  if (!isContinued) show(store, next);
  else if (!isSameRange(range, next)) store.setState({ range: next });
}

/** What is shown is what the address says. */
export function settleAddress(store: PageStore): void {
  const { filter, range } = store.getState();
  window.history.replaceState(null, '', `${window.location.pathname}${searchOf(filter, range)}`);
}

function scaled(page: PageState, factor: 0.5 | 2): TimeRange {
  const { frame, range } = page;
  if (range.endMs === null) {
    const spans = factor === 2 ? SPANS_MS : SPANS_MS.toReversed();
    const isNext = (one: number) => (factor === 2 ? one > range.spanMs : one < range.spanMs);
    return { ...range, spanMs: spans.find(isNext) ?? range.spanMs };
  }
  const leastMs = Math.min(LEAST_SPAN_MS, range.spanMs);
  const wantedMs = floorTo(range.spanMs * factor, FINEST_MS);
  const spanMs = Math.min(Math.max(wantedMs, leastMs), MOST_SPAN_MS);
  const bucketMs = frame?.tokenSeries.resolutionMs ?? 1;
  const endMs = floorTo(range.endMs + (spanMs - range.spanMs) / 2, bucketMs);
  return { spanMs, endMs: Math.min(endMs, serverNowMs(page)) };
}

function show(store: PageStore, range: TimeRange): void {
  const { filter, range: shown } = store.getState();
  if (isSameRange(range, shown)) return;
  store.setState({ range });
  window.history.pushState(null, '', `${window.location.pathname}${searchOf(filter, range)}`);
}
