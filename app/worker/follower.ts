import type { Role, RoleDeps } from './role.ts';

/** How often a follower reads what the leader wrote, ms. */
const READ_EVERY_MS = 3_000;
/** A cache that has not moved for this long has no leader that hears the server, ms. */
const QUIET_AFTER_MS = 15_000;

/** Shows what another tab of this browser writes. */
export function startFollower(deps: RoleDeps): Role {
  const { environment, cache } = deps;
  let isClosed = false;
  let coveredToMs = cache.coveredToMs;
  let movedAtMs: number | null = null;
  let cancel = environment.after(READ_EVERY_MS, read);

  function read(): void {
    cache.load().then(reportAndGoOn, (error: unknown) => {
      if (!isClosed) deps.onStorageFailure(error);
    });
  }

  function reportAndGoOn(): void {
    if (isClosed) return;
    const now = environment.steadyNow();
    if (cache.coveredToMs !== coveredToMs) movedAtMs = now;
    coveredToMs = cache.coveredToMs;
    const isMoving = movedAtMs !== null && now - movedAtMs < QUIET_AFTER_MS;
    deps.onConnection(isMoving ? { kind: 'live', via: 'polling' } : { kind: 'connecting' });
    deps.onServerFacts();
    cancel = environment.after(READ_EVERY_MS, read);
  }

  return {
    retryNow: () => undefined,
    close() {
      isClosed = true;
      cancel();
    },
  };
}
