import type { LiveSettings } from '#core/live/settings.ts';
import {
  EVIDENCE_WORKER,
  type FromWorker,
  type StorageAnswer,
  type StorageRequest,
  type ToWorker,
} from '#app/protocol/messages.ts';
import { type AskBackTest, BackTestQuestions } from './back-test-questions.ts';
import { FrameAsker } from './frame-asker.ts';
import { StorageQuestions } from './storage-questions.ts';
import { type PageState, type PageStore, showStatus } from './store.ts';

/** The page's end of the talk with the worker. */
export interface WorkerLink {
  /** The user is impatient: try the server now. */
  retryNow(): void;
  /** The user chose how live data arrive. */
  configure(settings: LiveSettings): void;
  /** Whether history that the screen does not need shall be fetched. */
  catchUp(isWanted: boolean): void;
  /** Asks for what is cached, or has something done with it. */
  askStorage(request: StorageRequest): Promise<StorageAnswer>;
  /** Tries settings on what is cached; whoever asked before hears no more. */
  readonly backTest: AskBackTest;
  close(): void;
}

const ASK_EVERY_MS = 1_000;
const FAILED = 'The part of Burnrate that fetches and stores has failed.';

/** @param isEvidence it shows what was imported instead of what the server says */
export function createWorker(isEvidence: boolean): Worker {
  const name = isEvidence ? EVIDENCE_WORKER : 'burnrate';
  return new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name });
}

/**
 * Asks for the newest frame once a second while the page is visible, with at most one question open,
 * and tells the worker what the page notices: its visibility, a network that is back, its end.
 */
export function startWorkerLink(store: PageStore, worker: Worker): WorkerLink {
  const listening = new AbortController();
  const { signal } = listening;
  const tell = (message: ToWorker) => worker.postMessage(message);
  const asker = new FrameAsker(store, tell);

  const asked = new StorageQuestions(tell);
  const tried = new BackTestQuestions(tell);

  const hear = ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'status') showStatus(store, data.status);
    else if (data.type === 'frame') asker.answered(data);
    else if (data.type === 'back-test') tried.answered(data);
    else asked.answered(data);
  };
  const follow = (page: PageState, before: PageState) => {
    const isSame = page.filter === before.filter && page.range === before.range;
    if (!isSame || page.zone !== before.zone) asker.askAnew();
  };
  const fail = () => {
    asker.giveUp();
    store.setState({ workerFailure: FAILED });
  };
  const tellVisibility = () => {
    tell({ type: 'visibility', isVisible: document.visibilityState !== 'hidden' });
    asker.ask();
  };
  const acts = actsOf(store, tell);
  const timer = setInterval(() => asker.ask(), ASK_EVERY_MS);
  const close = () => {
    if (signal.aborted) return;
    clearInterval(timer);
    asker.close();
    listening.abort();
    tell({ type: 'close' });
  };

  signal.addEventListener('abort', store.subscribe(follow));
  worker.addEventListener('message', hear, { signal });
  worker.addEventListener('error', fail, { signal });
  worker.addEventListener('messageerror', fail, { signal });
  document.addEventListener('visibilitychange', tellVisibility, { signal });
  window.addEventListener('online', acts.retryNow, { signal });
  // A page that the browser keeps for "back" (persisted) may come to life again, and its worker with it.
  window.addEventListener('pagehide', (event) => event.persisted || close(), { signal });
  tellVisibility();
  const backTest: AskBackTest = (settings, hear) => tried.ask(settings, hear);
  const askStorage = (request: StorageRequest) => asked.ask(request);
  return { ...acts, askStorage, backTest, close };
}

/** What the user wants of the worker, and no answer is waited for. */
function actsOf(
  store: PageStore,
  tell: (message: ToWorker) => void,
): Pick<WorkerLink, 'retryNow' | 'configure' | 'catchUp'> {
  return {
    retryNow: () => tell({ type: 'retry-now' }),
    configure: (settings) => {
      store.setState({ settings });
      tell({ type: 'settings', settings });
    },
    catchUp: (isWanted) => tell({ type: 'catch-up', isWanted }),
  };
}
