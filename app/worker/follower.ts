import type { Stretch } from '#core/live/history-plan.ts';
import type { Cancel } from './environment.ts';
import { followNews, isDataNews } from './follow-news.ts';
import type { Role, RoleDeps } from './role.ts';
import type { TabMessage } from './tab-messages.ts';

/** How often what is stored is read again, in case a word of the leader was missed, ms. */
const READ_EVERY_MS = 30_000;

/** Shows what another tab of this browser, the leader, has and stores. */
export class Follower implements Role {
  readonly #deps: RoleDeps;
  #cancel: Cancel = () => undefined;
  #isClosed = false;
  /** What has come while the cache was being read: it may already be in there, or not. */
  #waiting: TabMessage[] | null = null;

  constructor(deps: RoleDeps) {
    this.#deps = deps;
    this.#readLater();
    deps.tell({ type: 'hello' });
  }

  retryNow(): void {
    this.#deps.tell({ type: 'retry-now' });
  }

  catchUp(isWanted: boolean): void {
    this.#deps.tell({ type: 'catch-up', isWanted });
  }

  want(stretch: Stretch): void {
    this.#deps.tell({ type: 'want', stretch });
  }

  /** The leader does what there is to do. */
  configure(): void {}

  visibilityChanged(): void {
    this.#deps.tell({ type: 'visibility' });
  }

  hear(message: TabMessage): void {
    if (this.#waiting) {
      this.#waiting.push(message);
      return;
    }
    const { cache, clock, onStatus } = this.#deps;
    if (message.type === 'status') {
      const { serverNowMs, ...status } = message.status;
      if (serverNowMs !== null) clock.hear(serverNowMs);
      onStatus(status);
    }
    if (message.type === 'reload') void this.#read();
    if (isDataNews(message) && !followNews(cache, message)) void this.#read();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  async #read(): Promise<void> {
    if (this.#waiting) return;
    const waiting: TabMessage[] = [];
    this.#waiting = waiting;
    try {
      await this.#deps.cache.load();
    } catch (error) {
      if (!this.#isClosed) this.#deps.onStorageFailure(error);
      return;
    }
    this.#waiting = null;
    if (this.#isClosed) return;
    this.#readLater();
    // What still does not fit is a new bucket's first half: it comes whole when it is stored.
    for (const message of waiting) {
      if (isDataNews(message)) followNews(this.#deps.cache, message);
      else this.hear(message);
    }
  }

  #readLater(): void {
    this.#cancel();
    this.#cancel = this.#deps.environment.after(READ_EVERY_MS, () => void this.#read());
  }
}
