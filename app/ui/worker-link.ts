import { NO_FILTER } from '#core/view/filter.ts';
import type { Frame } from '#core/view/frame.ts';
import type { FromWorker, ToWorker } from '#app/protocol/messages.ts';
import { latestPerPaint } from './latest-per-paint.ts';
import { type PageStore, showFrame, showStatus } from './store.ts';

/** The page's end of the talk with the worker. */
export interface WorkerLink {
  /** The user is impatient: try the server now. */
  retryNow(): void;
  close(): void;
}

const ASK_EVERY_MS = 1_000;
const FAILED = 'The part of Burnrate that fetches and stores has failed.';

export function createWorker(): Worker {
  return new Worker(new URL('../worker/main.ts', import.meta.url), {
    type: 'module',
    name: 'burnrate',
  });
}

/**
 * Asks for the newest frame once a second while the page is visible, with at most one question open,
 * and tells the worker what the page notices: its visibility, a network that is back, its end.
 */
export function startWorkerLink(store: PageStore, worker: Worker): WorkerLink {
  let newest = 0;
  let isAsking = false;
  const frames = latestPerPaint<Frame>((frame) => showFrame(store, frame));
  const listening = new AbortController();
  const { signal } = listening;

  const tell = (message: ToWorker) => worker.postMessage(message);
  const ask = () => {
    if (isAsking || document.visibilityState === 'hidden') return;
    isAsking = true;
    tell({ type: 'ask-frame', since: newest, filter: NO_FILTER });
  };
  const hear = ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'status') return showStatus(store, data.status);
    isAsking = false;
    if (!data.frame) return;
    newest = data.frame.number;
    frames.offer(data.frame);
  };
  const fail = () => {
    isAsking = false; // what was asked may never be answered: the next second asks again
    store.setState({ workerFailure: FAILED });
  };
  const tellVisibility = () => {
    tell({ type: 'visibility', isVisible: document.visibilityState !== 'hidden' });
    ask();
  };
  const retryNow = () => tell({ type: 'retry-now' });
  const timer = setInterval(ask, ASK_EVERY_MS);
  const close = () => {
    if (signal.aborted) return;
    clearInterval(timer);
    frames.close();
    listening.abort();
    tell({ type: 'close' });
  };

  worker.addEventListener('message', hear, { signal });
  worker.addEventListener('error', fail, { signal });
  worker.addEventListener('messageerror', fail, { signal });
  document.addEventListener('visibilitychange', tellVisibility, { signal });
  window.addEventListener('online', retryNow, { signal });
  // A page that the browser keeps for "back" (persisted) may come to life again, and its worker with it.
  window.addEventListener('pagehide', (event) => event.persisted || close(), { signal });
  tellVisibility();
  return { retryNow, close };
}
