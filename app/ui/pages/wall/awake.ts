/** A lock that was lost while the page is visible, as when the battery is low, is asked for again. */
const ASK_AGAIN_MS = 60_000;

/** Keeps the screen from falling asleep as long as the page is visible: browsers take the lock back when it is not. */
export function keepAwake(): { close(): void } {
  // Absent outside of a secure context: there the screen follows its own settings.
  if (!('wakeLock' in navigator)) return { close: () => undefined };
  const { wakeLock } = navigator;
  const listening = new AbortController();
  const { signal } = listening;
  let held: WakeLockSentinel | null = null;
  let isAsking = false;
  const ask = async () => {
    const isHeld = held !== null && !held.released;
    if (isAsking || isHeld || document.visibilityState === 'hidden') return;
    isAsking = true;
    try {
      held = await wakeLock.request('screen');
      if (signal.aborted) await held.release();
    } catch {
      // Refused, for now: the next minute asks again.
    }
    isAsking = false;
  };
  document.addEventListener('visibilitychange', () => void ask(), { signal });
  const timer = setInterval(() => void ask(), ASK_AGAIN_MS);
  void ask();
  return {
    close() {
      listening.abort();
      clearInterval(timer);
      void held?.release();
    },
  };
}
