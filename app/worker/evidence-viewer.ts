import type { ToWorker } from '#app/protocol/messages.ts';
import { Cache } from './cache.ts';
import { Dashboard } from './dashboard.ts';
import type { Environment } from './environment.ts';
import type { SegmentStore } from './segment-store.ts';
import { ServerClock } from './server-clock.ts';
import { StatusReport } from './status-report.ts';
import { StorageDesk } from './storage-desk.ts';
import { storageFailureOf } from '#app/database/storage-failure.ts';

/** Shows what was imported from a file, as it was when it was exported; asks no server, writes nothing. */
export class EvidenceViewer {
  readonly #environment: Environment;
  readonly #cache: Cache;
  readonly #dashboard: Dashboard;
  readonly #report: StatusReport;
  readonly #desk: StorageDesk;

  constructor(environment: Environment, store: SegmentStore) {
    this.#environment = environment;
    this.#cache = new Cache(store, environment.compression);
    const clock = new ServerClock(environment, this.#cache);
    this.#dashboard = new Dashboard(environment, this.#cache, clock, null);
    this.#report = new StatusReport(environment);
    this.#desk = new StorageDesk(environment, () => store);
  }

  async start(): Promise<void> {
    this.#environment.onMessage((message) => this.#receive(message));
    try {
      await this.#cache.load();
    } catch (error) {
      this.#report.post({ storage: { kind: 'memory-only', why: storageFailureOf(error) } });
      return;
    }
    const { evidence, source } = this.#cache.facts;
    this.#report.post({ connection: { kind: 'paused', by: 'user' }, evidence, source });
  }

  #receive(message: ToWorker): void {
    if (message.type === 'export-csv')
      void this.#desk.answer(this.#cache, message, () => undefined);
    if (message.type !== 'ask-frame') return;
    const { since, filter } = message;
    const frame = this.#dashboard.frameSince(since, message);
    this.#environment.post({ type: 'frame', frame, spendRate: this.#dashboard.spendRate(filter) });
  }
}
