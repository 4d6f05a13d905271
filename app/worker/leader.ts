import { Backfill } from './backfill.ts';
import { Feed } from './feed.ts';
import { Housekeeping } from './housekeeping.ts';
import type { Role, RoleDeps } from './role.ts';

/** Takes the cache over, then asks the server and writes. @throws what the storage throws */
export async function startLeader(deps: RoleDeps): Promise<Role> {
  const { environment, cache, clock, intervalMs, onConnection, onStorageFailure } = deps;
  await cache.takeOver();
  const backfill = new Backfill(environment, cache);
  const housekeeping = new Housekeeping(deps);
  const feed = new Feed({
    environment,
    cache,
    intervalMs,
    onHeard(serverTimeMs) {
      clock.hear(serverTimeMs);
      backfill.run().catch(onStorageFailure);
      housekeeping.run().catch(onStorageFailure);
    },
    onState: onConnection,
    onStorageFailure,
  });
  feed.signal({ kind: 'start' });
  return {
    retryNow: () => feed.signal({ kind: 'retry-now' }),
    close() {
      feed.close();
      backfill.close();
      housekeeping.close();
    },
  };
}
