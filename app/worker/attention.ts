import { VISIBLE_LOCK } from '#app/protocol/messages.ts';
import type { Cancel, Environment } from './environment.ts';

/** How often the leader counts, since a tab that dies says nothing, ms. */
const COUNT_EVERY_MS = 5_000;

/** Holds this tab's own lock while its page is visible, so that the leader can count who looks. */
export class Visibility {
  readonly #environment: Environment;
  readonly #name: string;
  #hidden: AbortController | null = null;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#name = `${VISIBLE_LOCK}${environment.random()}`;
  }

  set(isVisible: boolean): void {
    if (!isVisible) {
      this.#hidden?.abort();
      this.#hidden = null;
      return;
    }
    if (this.#hidden) return;
    const hidden = new AbortController();
    this.#hidden = hidden;
    void this.#environment.holdLock(this.#name, hidden.signal, () => untilAborted(hidden.signal));
  }
}

/** Tells whether any tab of this browser is visible, when it changes. */
export class Audience {
  readonly #environment: Environment;
  readonly #onChange: (isWatched: boolean) => void;
  #isWatched = true;
  #cancel: Cancel = () => undefined;
  #isClosed = false;

  constructor(environment: Environment, onChange: (isWatched: boolean) => void) {
    this.#environment = environment;
    this.#onChange = onChange;
    this.#countLater();
  }

  /** Counts now: a tab has said that it was shown or hidden. */
  async count(): Promise<void> {
    const visible = await this.#environment.countLocks(VISIBLE_LOCK);
    // A browser that cannot say is taken to be watched.
    const isWatched = visible !== 0;
    if (this.#isClosed || isWatched === this.#isWatched) return;
    this.#isWatched = isWatched;
    this.#onChange(isWatched);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  #countLater(): void {
    this.#cancel = this.#environment.after(COUNT_EVERY_MS, () => {
      void this.count();
      this.#countLater();
    });
  }
}

export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
