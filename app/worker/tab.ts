import type { LiveSettings } from '#core/live/settings.ts';
import type { Stretch } from '#core/live/history-plan.ts';
import type { Frame } from '#core/view/frame.ts';
import { storageFailureOf } from '#app/database/storage-failure.ts';
import type { StorageStatus, ToWorker, WorkerStatus } from '#app/protocol/messages.ts';
import { untilAborted, Visibility } from './attention.ts';
import { BackTestDesk } from './back-test-desk.ts';
import { Cache } from './cache.ts';
import { copyToMemory } from './copy-to-memory.ts';
import { Dashboard } from './dashboard.ts';
import type { Channel, Environment } from './environment.ts';
import { Follower } from './follower.ts';
import { Leader } from './leader.ts';
import { MemorySegmentStore } from './memory-segment-store.ts';
import type { Role, RoleDeps } from './role.ts';
import type { SegmentStores } from './segment-store.ts';
import { ServerClock } from './server-clock.ts';
import { StatusReport } from './status-report.ts';
import { StorageDesk } from './storage-desk.ts';
import type { TabMessage } from './tab-messages.ts';

/** Held by the one tab that asks the server and writes. */
const LEADER_LOCK = 'burnrate-leader';
/** How far behind the server the screen is: a stream's jitter, or the time to the next poll and a little, ms. */
const STREAM_PLAYOUT_MS = 1_500;
const POLL_MARGIN_MS = 1_000;
const WANT_EVERY_MS = 5_000;
const LONGEST_COPY_MS = 10_000;

/** The worker of one tab: shows what is cached at once, and follows until it may lead. */
export class Tab {
  readonly #environment: Environment;
  readonly #stores: SegmentStores;
  readonly #closed = new AbortController();
  /** Ends when this tab does not write any more: another may have more luck. */
  readonly #leading = new AbortController();
  readonly #channel: Channel;
  readonly #visibility: Visibility;
  readonly #report: StatusReport;
  readonly #desk: StorageDesk;
  readonly #backTests: BackTestDesk;
  #cache: Cache;
  #clock: ServerClock;
  #dashboard: Dashboard;
  #role: Role | null = null;
  #wanted = '';
  #toldAtMs = 0;
  #storage: StorageStatus = { kind: 'reader' };

  constructor(environment: Environment, stores: SegmentStores) {
    this.#environment = environment;
    this.#stores = stores;
    this.#desk = new StorageDesk(environment, () => stores.evidence());
    this.#backTests = new BackTestDesk(environment);
    this.#cache = new Cache(stores.metrics, environment.compression);
    this.#clock = new ServerClock(environment, this.#cache);
    this.#dashboard = this.#newDashboard(null);
    this.#channel = environment.openChannel((message) => this.#hear(message));
    this.#visibility = new Visibility(environment);
    this.#report = new StatusReport(environment);
  }

  async start(): Promise<void> {
    this.#environment.onMessage((message) => this.#receive(message));
    // Until the page says otherwise, somebody looks.
    this.#visibility.set(true);
    try {
      await this.#cache.load();
    } catch (error) {
      await this.#leadInMemory(error);
      return;
    }
    this.#dashboard.frameSince(0);
    this.#follow();
    await this.#environment.holdLock(LEADER_LOCK, this.#closed.signal, () => this.#lead());
  }

  /** Callable twice. */
  close(): void {
    this.#role?.close();
    this.#closed.abort();
    this.#leading.abort();
    this.#backTests.close();
    this.#channel.close();
  }

  #follow(): void {
    this.#role = new Follower(this.#deps());
    this.#tellStatus({});
  }

  /** Leads until the tab closes, or cannot write any more. */
  async #lead(): Promise<void> {
    if (this.#storage.kind === 'memory-only') return;
    this.#storage = { kind: 'writer' };
    this.#role?.close();
    try {
      this.#role = await Leader.start(this.#deps());
    } catch (error) {
      await this.#leadInMemory(error);
    }
    this.#tellStatus({});
    await untilAborted(this.#leading.signal);
  }

  /** The browser stores nothing, or no more: goes on without, and says so. */
  async #leadInMemory(error: unknown): Promise<void> {
    if (this.#storage.kind === 'memory-only') throw error;
    const why = storageFailureOf(error);
    this.#storage = { kind: 'memory-only', why };
    this.#role?.close();
    this.#leading.abort();
    const isReadable = why === 'newer' || why === 'full';
    const memory = isReadable ? await this.#copy() : new MemorySegmentStore();
    this.#cache = new Cache(memory, this.#environment.compression);
    this.#clock = new ServerClock(this.#environment, this.#cache);
    this.#dashboard = this.#newDashboard(this.#dashboard.frame);
    this.#role = await Leader.start({ ...this.#deps(), tell: () => undefined });
    this.#tellStatus({});
  }

  /** What can still be read of a database that takes nothing: offline, that is all there is. */
  #copy(): Promise<MemorySegmentStore> {
    return new Promise((resolve) => {
      const giveUp = () => resolve(new MemorySegmentStore());
      // While the newer build waits for another tab to let it upgrade, there is no answer. What the
      // user has to know, that this tab does not store, is said either way.
      const stopTimer = this.#environment.after(LONGEST_COPY_MS, giveUp);
      copyToMemory(this.#stores.metricsAsTheyAre()).then(resolve, giveUp).finally(stopTimer);
    });
  }

  #newDashboard(frame: Frame | null): Dashboard {
    return new Dashboard(this.#environment, this.#cache, this.#clock, frame);
  }

  #deps(): RoleDeps {
    return {
      environment: this.#environment,
      cache: this.#cache,
      clock: this.#clock,
      dashboard: this.#dashboard,
      tell: (message) => this.#channel.post(message),
      onStatus: (status) => this.#tellStatus(status),
      onStorageFailure: (error) => void this.#leadInMemory(error),
    };
  }

  #receive(message: ToWorker): void {
    switch (message.type) {
      case 'ask-frame': {
        const { since, filter } = message;
        const frame = this.#dashboard.frameSince(since, message);
        this.#want(this.#dashboard.wanted);
        const spendRate = this.#dashboard.spendRate(filter);
        this.#environment.post({ type: 'frame', frame, spendRate });
        return;
      }
      case 'retry-now':
        this.#role?.retryNow();
        return;
      case 'catch-up':
        this.#role?.catchUp(message.isWanted);
        return;
      case 'visibility':
        this.#visibility.set(message.isVisible);
        this.#role?.visibilityChanged();
        return;
      case 'settings':
        this.#channel.post(message);
        void this.#choose(message.settings);
        return;
      case 'close':
        this.close();
        return;
      case 'back-test':
        void this.#backTests.answer(this.#cache, message);
        return;
      default:
        void this.#desk.answer(this.#cache, message, () => {
          this.#channel.post({ type: 'reload' });
          this.#role?.hear({ type: 'reload' });
        });
    }
  }

  /** What is looked at moves on, and so may the leader: it is told anew from time to time. */
  #want(stretch: Stretch | null): void {
    const wanted = JSON.stringify(stretch);
    const nowMs = this.#environment.steadyNow();
    const isTold = wanted === this.#wanted && nowMs - this.#toldAtMs < WANT_EVERY_MS;
    if (isTold || !stretch || !this.#role) return;
    this.#wanted = wanted;
    this.#toldAtMs = nowMs;
    this.#role.want(stretch);
  }

  #hear(message: TabMessage): void {
    if (message.type === 'settings') this.#apply(message.settings);
    else this.#role?.hear(message);
  }

  async #choose(settings: LiveSettings): Promise<void> {
    this.#apply(settings);
    try {
      await this.#cache.facts.saveSettings(settings);
    } catch (error) {
      await this.#leadInMemory(error);
    }
  }

  #apply(settings: LiveSettings): void {
    this.#cache.facts.settings = settings;
    this.#role?.configure(settings);
    this.#tellStatus({});
  }

  #tellStatus(news: Partial<WorkerStatus>): void {
    const { settings, source } = this.#cache.facts;
    const known = { settings, storage: this.#storage, source };
    const status = this.#report.post({ ...known, clockOffsetMs: this.#clock.offsetMs, ...news });
    this.#dashboard.setPlayoutDelay(playoutDelayMs(status));
  }
}

/** While nothing is live, what the user's choice makes likely. */
function playoutDelayMs({ connection, settings }: WorkerStatus): number {
  const likely = settings.transport === 'polling' ? 'polling' : 'streaming';
  const via = connection.kind === 'live' ? connection.via : likely;
  return via === 'streaming' ? STREAM_PLAYOUT_MS : settings.intervalMs + POLL_MARGIN_MS;
}
