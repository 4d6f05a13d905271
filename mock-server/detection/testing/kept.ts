import { DEFAULT_SETTINGS } from '#core/anomaly/settings.ts';
import { START_MS } from '#core/anomaly/testing/usage.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import type { MetricStore } from '../../metric-store.ts';
import { DetectionRun } from '../detection-run.ts';
import { type Kept, LEARNT_SLOTS, type LearntSlot, type Save } from '../messages.ts';

const MINUTE_MS = 60_000;
const STEP_MS = 5_000;

/** What a ledger would have after all that was saved, by the ledger's rules. */
export class Keeping {
  readonly reports = new Map<string, IncidentReport>();
  /** How often an incident was new or changed. */
  readonly changes = new Map<string, number>();
  point: Kept | null = null;
  readonly #learnt = new Map<LearntSlot, Kept>();

  get learnt(): readonly (Kept | null)[] {
    return LEARNT_SLOTS.map((slot) => this.#learnt.get(slot) ?? null);
  }

  take({ reports, point, learnt }: Save): void {
    if (learnt && learnt.atMs >= (this.#learnt.get(learnt.slot)?.atMs ?? 0))
      this.#learnt.set(learnt.slot, learnt);
    for (const report of reports) {
      const old = this.reports.get(report.id);
      const isNew = !old || JSON.stringify(old) !== JSON.stringify(report);
      if (!isNew || (old?.updatedMs ?? 0) > report.updatedMs) continue;
      this.reports.set(report.id, report);
      this.changes.set(report.id, (this.changes.get(report.id) ?? 0) + 1);
    }
    if (point && point.atMs >= (this.point?.atMs ?? 0)) this.point = point;
  }

  /** A line per incident, such as `spend-spike customer:acme 600-630`, in minutes from the start. */
  get lines(): readonly string[] {
    const minute = (ms: number) => (ms - START_MS) / MINUTE_MS;
    return [...this.reports.values()]
      .toSorted((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1))
      .map(({ kind, root, startMs, endMs, mergedInto }) => {
        const merged = mergedInto === null ? '' : ' merged';
        const end = endMs === null ? '' : minute(endMs);
        return `${kind} ${root.dimension}:${root.id} ${minute(startMs)}-${end}${merged}`;
      });
  }
}

/** A run as the thread does it, in time that the test makes pass. */
export class Driven {
  readonly run: DetectionRun;
  readonly keeping: Keeping;
  #nowMs: number;

  /** @param minute from the start, as in `runTo` */
  constructor(store: MetricStore, keeping: Keeping, minute: number, rebuiltMs?: number) {
    this.keeping = keeping;
    this.#nowMs = START_MS + minute * MINUTE_MS;
    const deps = {
      store,
      settings: { ...DEFAULT_SETTINGS, floorMicroUsdPerHour: 0 },
      save: (save: Save) => keeping.take(structuredClone(save)),
      log: () => {},
      clock: () => 0,
      backgroundAfterMs: 0,
      ...(rebuiltMs === undefined ? {} : { rebuiltMs }),
    };
    this.run = new DetectionRun(deps, this.#nowMs);
  }

  resume(): this {
    const { point, learnt } = this.keeping;
    this.run.take({ type: 'resume', point, learnt }, this.#nowMs);
    return this;
  }

  /** Lets it do all that there is to do until then. */
  runTo(minute: number): this {
    const toMs = START_MS + minute * MINUTE_MS;
    for (;;) {
      this.settle();
      if (this.#nowMs >= toMs) return this;
      this.#nowMs = Math.min(toMs, this.#nowMs + STEP_MS);
    }
  }

  /** Time goes on, and it does nothing. */
  skipTo(minute: number): this {
    this.#nowMs = START_MS + minute * MINUTE_MS;
    return this;
  }

  /** Does what is to be done now. */
  settle(): this {
    // A step of the rebuild takes no time by the clock of a test.
    for (let calm = 0; calm < 3;) calm = this.run.step(this.#nowMs) > 0 ? calm + 1 : 0;
    return this;
  }
}
