import type { Anomaly } from '#core/wire/anomalies.ts';
import type { KnownIncident } from '#app/database/incidents.ts';
import { serverNowMs } from '../selectors.ts';
import type { PageState, PageStore } from '../store.ts';
import type { AlertChoice } from './alert-choice.ts';
import { nextAlerts, type Told, unattendedCount } from './next-alerts.ts';
import type { Permission } from './permission.ts';

/** Time alone changes little: a snooze that ends, what is no longer counted, ms. */
const LOOK_EVERY_MS = 15_000;

/** What alerts reach of the world. */
export interface AlertDeps {
  /** Whether somebody sees a page of this browser. */
  readonly isWatched: () => Promise<boolean>;
  readonly choice: () => AlertChoice;
  readonly permission: () => Permission;
  readonly readTold: () => Told;
  readonly writeTold: (told: Told) => void;
  /** Shows one notification of incidents, the gravest first. */
  readonly show: (anomalies: readonly Anomaly[]) => Promise<void>;
  /** Closes the notifications of which no incident is left. */
  readonly close: (isLeft: (id: string) => boolean) => Promise<void>;
  readonly setBadge: (count: number) => void;
  readonly playTone: () => Promise<boolean>;
}

/**
 * Tells of new incidents as the user wants it, and counts what nobody has dealt with. One tab of a browser, the one that
 * writes, tells for all; all count.
 */
export class AlertWatcher {
  readonly #store: PageStore;
  readonly #deps: AlertDeps;
  readonly #startedWallMs: number;
  #seen: readonly KnownIncident[] | null = null;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #badge: number | null = null;
  #isLooking = false;
  readonly #unsubscribe: () => void;

  constructor(store: PageStore, deps: AlertDeps) {
    this.#store = store;
    this.#deps = deps;
    this.#startedWallMs = store.getState().now.wallMs;
    this.#unsubscribe = store.subscribe((page) => this.#hear(page));
    this.#hear(store.getState());
  }

  /** Callable twice. */
  close(): void {
    this.#unsubscribe();
  }

  #hear(page: PageState): void {
    const { incidents, now } = page;
    const isNew = incidents !== this.#seen;
    const isDue = now.steadyMs - this.#lookedAtMs >= LOOK_EVERY_MS;
    if (!incidents || this.#isLooking || !(isNew || isDue)) return;
    this.#seen = incidents;
    this.#lookedAtMs = now.steadyMs;
    const unattended = unattendedCount(incidents, serverNowMs(page));
    if (page.unattended !== unattended) this.#store.setState({ unattended });
    if (page.storage?.kind !== 'writer') return;
    if (this.#badge !== unattended) this.#deps.setBadge(unattended);
    this.#badge = unattended;
    void this.#tell(incidents, page);
  }

  async #tell(incidents: readonly KnownIncident[], page: PageState): Promise<void> {
    this.#isLooking = true;
    try {
      await this.#tellOnce(incidents, page);
    } finally {
      this.#isLooking = false;
    }
    // What came meanwhile.
    this.#hear(this.#store.getState());
  }

  async #tellOnce(incidents: readonly KnownIncident[], page: PageState): Promise<void> {
    const { least, isSoundOn } = this.#deps.choice();
    const isNotifying = page.settings.isNotifying && this.#deps.permission() === 'granted';
    const alerts = nextAlerts({
      incidents,
      told: this.#deps.readTold(),
      nowMs: serverNowMs(page),
      // The server's clock, which may not have been known when the page was opened.
      sinceMs: this.#startedWallMs + (page.clockOffsetMs ?? 0),
      isWatched: await this.#deps.isWatched(),
      least: isNotifying ? least : null,
    });
    // First: told twice is worse than told never, since the panel and the badge tell of it too.
    this.#deps.writeTold(alerts.told);
    for (const anomalies of alerts.show) await this.#deps.show(anomalies);
    if (alerts.close.length > 0) {
      const left = new Set(Object.keys(alerts.told).filter((id) => alerts.told[id]?.isShown));
      await this.#deps.close((id) => left.has(id));
    }
    if (alerts.hasNewCritical && isSoundOn) await this.#deps.playTone();
  }
}
