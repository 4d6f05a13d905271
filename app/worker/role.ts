import type { Stretch } from '#core/live/history-plan.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { Cache } from './cache.ts';
import type { Dashboard } from './dashboard.ts';
import type { Environment } from './environment.ts';
import type { ServerClock } from './server-clock.ts';
import type { LeaderStatus, TabMessage } from './tab-messages.ts';

/** What a tab does for the data it shows: lead (ask and write) or follow (take what the leader has). */
export interface Role {
  retryNow(): void;
  /** Whether all that is required shall be fetched, or no more than the screen needs. */
  catchUp(isWanted: boolean): void;
  /** What the user of this tab looks at, beside what is always fetched. */
  want(stretch: Stretch): void;
  /** The user chose, here or in another tab. */
  configure(settings: LiveSettings): void;
  /** The page of this tab was shown or hidden. */
  visibilityChanged(): void;
  /** Another tab said something. */
  hear(message: TabMessage): void;
  /** Callable twice. */
  close(): void;
}

/** What a role works with. */
export interface RoleDeps {
  readonly environment: Environment;
  readonly cache: Cache;
  readonly clock: ServerClock;
  readonly dashboard: Dashboard;
  /** Says it to all other tabs. */
  tell(message: TabMessage): void;
  /** What is known of the server has changed, or may have. */
  onStatus(status: Omit<LeaderStatus, 'serverNowMs'>): void;
  /** The storage failed for good; the role is of no use any more. */
  onStorageFailure(error: unknown): void;
}
