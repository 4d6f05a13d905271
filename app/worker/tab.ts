import type { ConnectionState } from '#core/live/connection.ts';
import type { Frame } from '#core/view/frame.ts';
import type { ToWorker, WorkerStatus } from '#app/protocol/messages.ts';
import { Cache } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import type { Environment } from './environment.ts';
import { startFollower } from './follower.ts';
import { startLeader } from './leader.ts';
import { MemorySegmentStore } from './memory-segment-store.ts';
import type { Role, RoleDeps } from './role.ts';
import type { SegmentStore } from './segment-store.ts';
import { ServerClock } from './server-clock.ts';

/** Polling interval, ms. */
const INTERVAL_MS = 2_000;
/** The screen stays this far behind, so that the next poll comes before it is needed, ms. */
const PLAYOUT_DELAY_MS = INTERVAL_MS + 1_000;
/** Held by the one tab that asks the server and writes. */
const LEADER_LOCK = 'burnrate-leader';

/** The worker of one tab: shows what is cached at once, and follows until it may lead. */
export class Tab {
  readonly #environment: Environment;
  readonly #closed = new AbortController();
  #cache: Cache;
  #clock: ServerClock;
  #dashboard: Dashboard;
  #role: Role | null = null;
  #connection: ConnectionState = { kind: 'connecting' };
  #storage: WorkerStatus['storage'] = 'reader';

  constructor(environment: Environment, store: SegmentStore) {
    this.#environment = environment;
    this.#cache = new Cache(store);
    this.#clock = new ServerClock(environment, this.#cache);
    this.#dashboard = this.#newDashboard(null);
  }

  async start(): Promise<void> {
    this.#environment.onMessage((message) => this.#receive(message));
    try {
      await this.#cache.load();
    } catch (error) {
      await this.#leadInMemory(error);
      return;
    }
    this.#follow();
    await this.#environment.holdLock(LEADER_LOCK, this.#closed.signal, () => this.#lead());
  }

  /** Callable twice. */
  close(): void {
    this.#role?.close();
    this.#closed.abort();
  }

  #follow(): void {
    this.#dashboard.frameSince(0);
    this.#role = startFollower(this.#deps());
    this.#report();
  }

  /** Leads until the tab closes. */
  async #lead(): Promise<void> {
    if (this.#storage === 'reader') this.#storage = 'writer';
    this.#role?.close();
    try {
      this.#role = await startLeader(this.#deps());
    } catch (error) {
      await this.#leadInMemory(error);
    }
    this.#report();
    await new Promise<void>((resolve) => {
      this.#closed.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** The browser stores nothing, or no more: goes on without, and says so. */
  async #leadInMemory(error: unknown): Promise<void> {
    if (this.#storage === 'memory-only') throw error;
    this.#storage = 'memory-only';
    this.#role?.close();
    this.#cache = new Cache(new MemorySegmentStore());
    this.#clock = new ServerClock(this.#environment, this.#cache);
    this.#dashboard = this.#newDashboard(this.#dashboard.frame);
    this.#role = await startLeader(this.#deps());
    this.#report();
  }

  #newDashboard(frame: Frame | null): Dashboard {
    return new Dashboard(this.#environment, this.#cache, this.#clock, PLAYOUT_DELAY_MS, frame);
  }

  #deps(): RoleDeps {
    return {
      environment: this.#environment,
      cache: this.#cache,
      clock: this.#clock,
      dashboard: this.#dashboard,
      intervalMs: INTERVAL_MS,
      onConnection: (state) => {
        this.#connection = state;
        this.#report();
      },
      onServerFacts: () => this.#report(),
      onStorageFailure: (error) => void this.#leadInMemory(error),
    };
  }

  #receive(message: ToWorker): void {
    switch (message.type) {
      case 'ask-frame':
        this.#environment.post({ type: 'frame', frame: this.#dashboard.frameSince(message.since) });
        return;
      case 'retry-now':
        this.#role?.retryNow();
        return;
      case 'visibility':
        return;
      case 'close':
        this.close();
        return;
    }
  }

  #report(): void {
    const status: WorkerStatus = {
      connection: this.#connection,
      clockOffsetMs: this.#clock.offsetMs,
      source: this.#cache.source,
      storage: this.#storage,
    };
    this.#environment.post({ type: 'status', status });
  }
}
