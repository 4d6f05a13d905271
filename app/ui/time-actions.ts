import { floorTo } from '#core/time/resolution.ts';
import { playheadAt, type Speed, withSpeed } from '#core/view/playback.ts';
import { isSameRange, REAL_TIME, SPANS_MS, type TimeRange } from '#core/view/window.ts';
import { readClock } from './clock.ts';
import { edgeMs } from './selectors.ts';
import type { PageStore } from './store.ts';
import { writeAddress } from './address.ts';
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
  backToLive(): void;
}

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

/** What is being played goes on from there. */
function show(store: PageStore, range: TimeRange, how: 'push' | 'replace' = 'push'): void {
  const { range: shown, playback } = store.getState();
  if (isSameRange(range, shown)) return;
  const { endMs } = range;
  const moved = playback &&
    endMs !== null && { ...playback, fromMs: endMs, sinceMs: readClock().steadyMs };
  store.setState({ range, playback: moved || null, addressProblems: [] });
  writeAddress(store.getState(), how);
}
