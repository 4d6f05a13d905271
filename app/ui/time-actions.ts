import { ceilTo, FINEST_MS, floorTo } from '#core/time/resolution.ts';
import { playbackFrom, playheadAt, type Speed, withSpeed } from '#core/view/playback.ts';
import {
  isSameRange,
  MOST_SPAN_MS,
  REAL_TIME,
  SPANS_MS,
  type TimeRange,
} from '#core/view/window.ts';
import { writeAddress } from './address.ts';
import { readClock } from './clock.ts';
import { edgeMs } from './selectors.ts';
import type { PageState, PageStore } from './store.ts';
import { usePageStore } from './use-page.ts';

export interface TimeActions {
  /** Shows another length of time, in real time or up to where one is. */
  showSpan(spanMs: number): void;
  /** From real time to the past: what is shown now stays. What is being played stops. */
  stopHere(): void;
  /** Plays the past from where one is. */
  play(): void;
  /** Plays where the past stands still; stops what moves, the present too. */
  playOrStop(): void;
  setSpeed(speed: Speed): void;
  /** Shows a part of what is shown, larger. */
  zoom(fromMs: number, toMs: number): void;
  /** Half a window back (-1) or on (1), not beyond the present. */
  pan(direction: -1 | 1): void;
  /** A point of the charts back or on. */
  step(direction: -1 | 1): void;
  /** Moves the end of the window, while the user drags: going back in the browser goes to before that. */
  scrubTo(endMs: number): void;
  /** Half as much (0.5) or twice as much (2) around the middle; in real time the next shorter or longer window. */
  scale(factor: 0.5 | 2): void;
  backToLive(): void;
}

/** What keys halve a window to at most: less shows little. */
const LEAST_SCALED_MS = 60_000;

export function useTimeActions(): TimeActions {
  const store = usePageStore();
  const moveBy = (ms: number) => {
    const page = store.getState();
    const fromMs = page.range.endMs ?? page.frame?.asOfMs;
    if (fromMs) show(store, { ...page.range, endMs: Math.min(fromMs + ms, edgeMs(page)) });
  };
  return {
    showSpan: (spanMs) => show(store, { ...store.getState().range, spanMs }),
    stopHere: () => stop(store),
    play: () => play(store),
    playOrStop: () => {
      const { range, playback } = store.getState();
      if (range.endMs === null || playback !== null) stop(store);
      else play(store);
    },
    setSpeed: (speed) => {
      const { playback } = store.getState();
      const steadyMs = readClock().steadyMs;
      store.setState({ speed, playback: playback && withSpeed(playback, speed, steadyMs) });
      if (playback) writeAddress(store.getState(), 'replace');
    },
    pan: (direction) => {
      const { range } = store.getState();
      if (range.endMs !== null || direction < 0) moveBy((direction * range.spanMs) / 2);
    },
    step: (direction) => {
      stop(store);
      moveBy(direction * (store.getState().frame?.tokenSeries.resolutionMs ?? 0));
    },
    scrubTo: (endMs) => show(store, { ...store.getState().range, endMs }, 'replace'),
    zoom: (fromMs, toMs) => show(store, { spanMs: toMs - fromMs, endMs: toMs }),
    scale: (factor) => show(store, scaled(store.getState(), factor)),
    backToLive: () => {
      const { spanMs } = store.getState().range;
      const isNamed = SPANS_MS.some((one) => one === spanMs);
      store.setState({ playback: null });
      show(store, { ...REAL_TIME, ...(isNamed && { spanMs }) });
    },
  };
}

function play(store: PageStore): void {
  const { range, speed, frame } = store.getState();
  const fromMs = range.endMs ?? frame?.asOfMs;
  if (!fromMs) return;
  store.setState({
    range: { ...range, endMs: fromMs },
    playback: { speed, fromMs, sinceMs: readClock().steadyMs },
  });
  writeAddress(store.getState(), range.endMs === null ? 'push' : 'replace');
}

/** Holds the playhead where it is. */
function stop(store: PageStore): void {
  const page = store.getState();
  const { range, frame, playback } = page;
  if (playback !== null) {
    const playheadMs = Math.min(playheadAt(playback, readClock().steadyMs), edgeMs(page));
    const endMs = floorTo(playheadMs, frame?.tokenSeries.resolutionMs ?? 1);
    store.setState({ playback: null, range: { ...range, endMs } });
    writeAddress(store.getState(), 'replace');
  } else if (range.endMs === null && frame?.asOfMs) {
    show(store, { ...range, endMs: frame.asOfMs });
  }
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
  const newestMs = floorTo(edgeMs(page), resolutionMs);
  const next = { ...range, endMs: Math.min(ceilTo(endMs, resolutionMs) + byMs, newestMs) };
  if (!isContinued) show(store, next);
  else moveTo(store, next);
}

/** What is shown is what the address says. */
export function settleAddress(store: PageStore): void {
  writeAddress(store.getState(), 'replace');
}

function scaled(page: PageState, factor: 0.5 | 2): TimeRange {
  const { frame, range } = page;
  if (range.endMs === null) {
    const spans = factor === 2 ? SPANS_MS : SPANS_MS.toReversed();
    const isNext = (one: number) => (factor === 2 ? one > range.spanMs : one < range.spanMs);
    return { ...range, spanMs: spans.find(isNext) ?? range.spanMs };
  }
  const leastMs = Math.min(LEAST_SCALED_MS, range.spanMs);
  const wantedMs = floorTo(range.spanMs * factor, FINEST_MS);
  const spanMs = Math.min(Math.max(wantedMs, leastMs), MOST_SPAN_MS);
  const bucketMs = frame?.tokenSeries.resolutionMs ?? 1;
  const endMs = floorTo(range.endMs + (spanMs - range.spanMs) / 2, bucketMs);
  return { spanMs, endMs: Math.min(endMs, edgeMs(page)) };
}

function show(store: PageStore, range: TimeRange, how: 'push' | 'replace' = 'push'): void {
  if (moveTo(store, range)) writeAddress(store.getState(), how);
}

/** What is being played goes on from there. @returns whether that is somewhere else */
function moveTo(store: PageStore, range: TimeRange): boolean {
  const { range: shown, playback } = store.getState();
  if (isSameRange(range, shown)) return false;
  const { speed = null } = playback ?? {};
  const moved = playbackFrom(range, speed, readClock().steadyMs);
  store.setState({ range, playback: moved, addressProblems: [] });
  return true;
}
