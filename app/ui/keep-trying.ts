import type { PageStore } from './store.ts';

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 60_000;

/** Tries again until it succeeds: ever more rarely, but at once when the server is back or somebody looks. */
export function keepTrying(store: PageStore, attempt: () => Promise<void>) {
  const ending = new AbortController();
  const { signal } = ending;
  let delayMs = FIRST_DELAY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTrying = false;
  const close = () => {
    clearTimeout(timer);
    ending.abort();
  };
  const tryNow = async () => {
    clearTimeout(timer);
    if (isTrying || signal.aborted) return;
    isTrying = true;
    try {
      await attempt();
      close();
    } catch {
      wait();
    }
    isTrying = false;
  };
  const wait = () => {
    if (signal.aborted) return;
    timer = setTimeout(() => void tryNow(), delayMs);
    delayMs = Math.min(2 * delayMs, LONGEST_DELAY_MS);
  };
  const look = () => {
    if (document.visibilityState === 'visible') void tryNow();
  };
  const unsubscribe = store.subscribe(({ connection }, before) => {
    if (connection.kind === 'live' && before.connection.kind !== 'live') void tryNow();
  });
  signal.addEventListener('abort', unsubscribe);
  window.addEventListener('online', () => void tryNow(), { signal });
  document.addEventListener('visibilitychange', look, { signal });
  wait();
  return { tryNow: () => void tryNow(), close };
}
