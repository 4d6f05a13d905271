import type { ConnectionState } from '#core/live/connection.ts';
import type { Cache } from './cache.ts';
import type { Dashboard } from './dashboard.ts';
import type { Environment } from './environment.ts';
import type { ServerClock } from './server-clock.ts';

/** What a tab does for the data it shows: lead (ask and write) or follow (read what the leader wrote). */
export interface Role {
  retryNow(): void;
  /** Callable twice. */
  close(): void;
}

/** What a role works with. */
export interface RoleDeps {
  readonly environment: Environment;
  readonly cache: Cache;
  readonly clock: ServerClock;
  readonly dashboard: Dashboard;
  readonly intervalMs: number;
  onConnection(state: ConnectionState): void;
  /** The clock offset or the source became known, or another. */
  onServerFacts(): void;
  /** The storage failed for good; the role is of no use any more. */
  onStorageFailure(error: unknown): void;
}
