import type { FromWorker, ToWorker } from '#app/protocol/messages.ts';
import { browserCompression, type Compression } from './packing.ts';
import type { TabMessage } from './tab-messages.ts';

/** Undoes what it came from; callable twice. */
export type Cancel = () => void;

/** To all other tabs. */
export interface Channel {
  post(message: TabMessage): void;
  close(): void;
}

/** Tabs of different builds may be open at once: raise it when a message changes its meaning. */
const CHANNEL = 'burnrate-1';

/**
 * The one door of the worker to the world: clocks, timers, randomness, network, locks. Tests pass
 * their own. Globals are looked up at each call, so that a browser test may shift the clock.
 */
export interface Environment {
  /** This device's wall clock, epoch ms; may jump. */
  wallNow(): number;
  /** Epoch ms of a clock that never goes back and does not follow corrections of the wall clock. */
  steadyNow(): number;
  /** Uniform in [0, 1). */
  random(): number;
  after(delayMs: number, run: () => void): Cancel;
  /** @param sent JSON to put there; without it one asks */
  fetch(path: string, signal: AbortSignal, sent?: string): Promise<Response>;
  /**
   * Runs `hold` as the one holder of `name` among all tabs of this browser, when its turn comes; the
   * lock is free again when the promise settles. Without locks in this browser everyone holds at once.
   */
  holdLock(name: string, signal: AbortSignal, hold: () => Promise<void>): Promise<void>;
  /** How many locks whose names begin so are held in this browser now; null: this browser cannot say. */
  countLocks(prefix: string): Promise<number | null>;
  /** Talks with the workers of the other tabs. */
  openChannel(listen: (message: TabMessage) => void): Channel;
  /** How much this browser lets the site store, bytes; null: it does not say. */
  storageQuota(): Promise<number | null>;
  readonly compression: Compression;
  /** Messages from and to the page of this tab. */
  onMessage(listen: (message: ToWorker) => void): void;
  post(message: FromWorker): void;
}

/** What the page called this worker. */
export function workerName(): string {
  return self.name;
}

export const browserEnvironment: Environment = {
  wallNow: () => Date.now(),
  steadyNow: () => performance.timeOrigin + performance.now(),
  random: () => Math.random(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  // A redirect is answered by somebody else; nothing here may come from the HTTP cache.
  fetch: (path, signal, sent) =>
    fetch(path, {
      signal,
      cache: 'no-store',
      redirect: 'error',
      credentials: 'same-origin',
      ...(sent !== undefined && {
        method: 'PUT',
        body: sent,
        headers: { 'Content-Type': 'application/json' },
      }),
    }),
  async holdLock(name, signal, hold) {
    if (!('locks' in navigator)) return hold();
    try {
      await navigator.locks.request(name, { signal }, hold);
    } catch (error) {
      // Giving up the place in the queue is how a closing tab leaves it.
      if (!signal.aborted) throw error;
    }
  },
  async countLocks(prefix) {
    if (!('locks' in navigator)) return null;
    const { held = [] } = await navigator.locks.query();
    return held.filter((lock) => lock.name?.startsWith(prefix)).length;
  },
  openChannel(listen) {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = (event: MessageEvent<TabMessage>) => listen(event.data);
    return { post: (message) => channel.postMessage(message), close: () => channel.close() };
  },
  async storageQuota() {
    try {
      const { quota } = await navigator.storage.estimate();
      return quota ?? null;
    } catch {
      // Browsers may refuse to tell, or have no such thing outside of a secure context.
      return null;
    }
  },
  compression: browserCompression,
  onMessage(listen) {
    self.onmessage = (event: MessageEvent<ToWorker>) => listen(event.data);
  },
  post: (message) => self.postMessage(message),
};
