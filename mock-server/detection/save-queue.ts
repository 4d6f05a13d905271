import { setTimeout as after } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Anomaly } from '#core/wire/anomalies.ts';
import type { IncidentReport } from '#core/wire/incidents.ts';
import { type Keeper, type Kept, type LearntSlot, type Save, learntKey } from './messages.ts';

const RETRY_MS = 1_000;
/** Written in one transaction: some tens of milliseconds. */
const BATCH = 20;

export interface QueueDeps {
  readonly epoch: string;
  /** The ledger that the detection goes on from. */
  readonly bound: Keeper;
  /** The one that is open now; null: none. */
  readonly ledger: () => Keeper | null;
  /** Called when that is another one: what it knows must be asked first. */
  readonly onOther: (reason: string) => void;
  readonly onChange: (changes: readonly Anomaly[]) => void;
  readonly log: Pick<Logger, 'error'>;
  readonly retryMs?: number;
}

/**
 * Writes what the detection finds into the ledger, again and again until it is taken. Of what waits only the newest
 * word is kept, so that a ledger that is away for days costs no memory.
 */
export class SaveQueue {
  readonly #deps: QueueDeps;
  readonly #stop = new AbortController();
  readonly #reports = new Map<string, IncidentReport>();
  readonly #learnt = new Map<LearntSlot, Kept>();
  #point: Kept | null = null;
  #writing: Promise<void> | null = null;
  #lastReason = '';

  constructor(deps: QueueDeps) {
    this.#deps = deps;
  }

  add({ reports, point, learnt }: Save): void {
    for (const report of reports) {
      // Those that waited longest go first.
      this.#reports.delete(report.id);
      this.#reports.set(report.id, report);
    }
    if (learnt) this.#learnt.set(learnt.slot, learnt);
    this.#point = point ?? this.#point;
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = null));
  }

  /** Writes nothing more. Ends when nothing is under way. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    const { bound, ledger, onOther, retryMs = RETRY_MS } = this.#deps;
    const { signal } = this.#stop;
    while (!signal.aborted && this.#isWaiting) {
      const open = ledger();
      if (open && open !== bound) {
        this.#stop.abort();
        onOther('another ledger is open');
        return;
      }
      if (open && (await this.#isTaken())) continue;
      await after(retryMs, undefined, { signal }).catch(() => {});
    }
  }

  get #isWaiting(): boolean {
    return this.#reports.size > 0 || this.#learnt.size > 0 || this.#point !== null;
  }

  /** Writes some of what waits. */
  async #isTaken(): Promise<boolean> {
    try {
      await this.#writeLearnt();
      await this.#writeReports();
      this.#lastReason = '';
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // Every second the same would fill the log.
      if (reason !== this.#lastReason)
        this.#deps.log.error(`the ledger does not take incidents: ${reason}`);
      this.#lastReason = reason;
      return false;
    }
  }

  async #writeLearnt(): Promise<void> {
    const { bound, epoch } = this.#deps;
    for (const [slot, learnt] of this.#learnt) {
      await bound.save(learntKey(epoch, slot), [], learnt);
      if (this.#learnt.get(slot) === learnt) this.#learnt.delete(slot);
    }
  }

  /** The point goes with the last of its incidents. */
  async #writeReports(): Promise<void> {
    const { bound, epoch, onChange } = this.#deps;
    const reports = [...this.#reports.values()].slice(0, BATCH);
    const point = reports.length === this.#reports.size ? this.#point : null;
    const changes = await bound.save(epoch, reports, point);
    for (const report of reports)
      if (this.#reports.get(report.id) === report) this.#reports.delete(report.id);
    if (this.#point === point) this.#point = null;
    if (changes.length > 0) onChange(changes);
  }
}
