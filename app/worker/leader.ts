import type { Stretch } from '#core/live/history-plan.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import { storageFailureOf } from '#app/database/storage-failure.ts';
import type { CatchUp } from '#app/protocol/messages.ts';
import { Audience } from './attention.ts';
import { Backfill } from './backfill.ts';
import { Feed } from './feed.ts';
import { Housekeeping } from './housekeeping.ts';
import { LedgerSync } from './ledger-sync.ts';
import { OutageWatch } from './outage-watch.ts';
import { OutboxSender } from './outbox-sender.ts';
import type { Role, RoleDeps } from './role.ts';
import { watchForSleep } from './sleep-watch.ts';
import type { TabMessage } from './tab-messages.ts';

/** Nothing was used for this long while the server is heard: the feed is silent, ms. */
const SILENT_AFTER_MS = 60_000;

/** The one tab that asks the server, writes what it says, and tells the other tabs. */
export class Leader implements Role {
  readonly #deps: RoleDeps;
  readonly #feed: Feed;
  readonly #backfill: Backfill;
  readonly #housekeeping: Housekeeping;
  readonly #audience: Audience;
  readonly #outageWatch: OutageWatch;
  readonly #sleepWatch: { close(): void };
  /** Null: incidents are not kept here. */
  readonly #incidents: LedgerSync | null;
  readonly #outbox: OutboxSender | null;
  #isWatched = true;
  #isLive = false;
  #catchUp: CatchUp | null = null;

  private constructor(deps: RoleDeps) {
    const { environment, cache, onStorageFailure } = deps;
    this.#deps = deps;
    this.#backfill = new Backfill(environment, cache, (catchUp) => {
      this.#catchUp = catchUp;
      this.#report();
    });
    this.#housekeeping = new Housekeeping(deps);
    this.#outageWatch = new OutageWatch({
      environment,
      clock: deps.clock,
      log: cache.outages,
      save: () =>
        void cache.saveOutages().catch((error: unknown) => {
          // The next commit brings it: for that one room is made.
          if (storageFailureOf(error) !== 'full') onStorageFailure(error);
        }),
    });
    const { ledger } = cache.store;
    this.#incidents = ledger && new LedgerSync(environment, ledger);
    this.#outbox = ledger && new OutboxSender(environment, ledger);
    this.#feed = new Feed({
      environment,
      cache,
      settings: cache.facts.settings,
      ledger: this.#incidents,
      onHeard: (serverTimeMs) => this.#heard(serverTimeMs),
      onState: (state) => {
        this.#outageWatch.connectionChanged(state);
        this.#connectionChanged(state.kind === 'live');
        this.#report();
      },
      onStorageFailure,
    });
    this.#audience = new Audience(environment, (isWatched) => {
      this.#isWatched = isWatched;
      this.#goOnOrRest();
    });
    this.#sleepWatch = watchForSleep(environment, () => this.#wokeUp());
    cache.onChange = deps.tell;
  }

  /** Takes the cache over. @throws what the storage throws */
  static async start(deps: RoleDeps): Promise<Leader> {
    await deps.cache.takeOver();
    const leader = new Leader(deps);
    deps.tell({ type: 'reload' });
    if (deps.cache.facts.settings.isPaused) leader.#goOnOrRest();
    else leader.#feed.signal({ kind: 'start' });
    return leader;
  }

  retryNow(): void {
    this.#feed.signal({ kind: 'retry-now' });
    this.#outbox?.retryNow();
  }

  catchUp(isWanted: boolean): void {
    this.#backfill.limitTo(isWanted ? 'all' : 'screen');
    this.#backfill.run().catch(this.#deps.onStorageFailure);
  }

  want(stretch: Stretch): void {
    this.#backfill.want(stretch);
    if (this.#feed.state.kind === 'live') this.#backfill.run().catch(this.#deps.onStorageFailure);
  }

  configure(settings: LiveSettings): void {
    this.#feed.configure(settings);
    this.#goOnOrRest();
    this.#report();
  }

  hear(message: TabMessage): void {
    if (message.type === 'hello') this.#report();
    if (message.type === 'retry-now') this.retryNow();
    if (message.type === 'want') this.want(message.stretch);
    if (message.type === 'catch-up') this.catchUp(message.isWanted);
    if (message.type === 'visibility') void this.#audience.count();
    if (message.type === 'reload') this.#incidents?.storeChanged();
  }

  visibilityChanged(): void {
    void this.#audience.count();
  }

  close(): void {
    this.#deps.cache.onChange = () => undefined;
    this.#feed.close();
    this.#backfill.close();
    this.#housekeeping.close();
    this.#audience.close();
    this.#sleepWatch.close();
    this.#outageWatch.close();
    this.#incidents?.close();
    this.#outbox?.close();
  }

  #heard(serverTimeMs: number | null): void {
    const { clock, onStorageFailure } = this.#deps;
    clock.hear(serverTimeMs);
    this.#outageWatch.heard();
    this.#backfill.run().catch(onStorageFailure);
    this.#housekeeping.run().catch(onStorageFailure);
    this.#report();
  }

  #connectionChanged(isLive: boolean): void {
    this.#incidents?.connectionChanged(isLive);
    if (isLive && !this.#isLive) this.#outbox?.retryNow();
    this.#isLive = isLive;
  }

  #goOnOrRest(): void {
    const { isPaused, isNotifying } = this.#deps.cache.facts.settings;
    const by = isPaused ? 'user' : this.#isWatched ? null : 'hidden';
    this.#incidents?.setUnwatched(by === 'hidden' && isNotifying);
    const { state } = this.#feed;
    const pausedBy = state.kind === 'paused' ? state.by : null;
    if (by === pausedBy) return;
    this.#feed.signal(by === null ? { kind: 'resume' } : { kind: 'pause', by });
  }

  /** What was open may be dead without a word: begin again, from exactly where it was left. */
  #wokeUp(): void {
    const { kind } = this.#feed.state;
    if (kind === 'live') this.#feed.signal({ kind: 'resync' });
    if (kind === 'waiting') this.retryNow();
  }

  #report(): void {
    const { cache, clock, tell, onStatus } = this.#deps;
    const { lastUsedMs, state } = this.#feed;
    const isSilent =
      state.kind === 'live' && lastUsedMs !== null && clock.now() - lastUsedMs > SILENT_AFTER_MS;
    const { source } = cache.facts;
    const status = { connection: state, isSilent, source, catchUp: this.#catchUp };
    const serverNowMs = clock.isHearing ? clock.now() : null;
    onStatus(status);
    tell({ type: 'status', status: { ...status, serverNowMs } });
  }
}
