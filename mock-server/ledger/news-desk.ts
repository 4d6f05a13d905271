import type { Logger } from 'pino';
import type { AnomalySettings } from '#core/anomaly/settings.ts';
import type { Ack, AnomaliesReply, Anomaly, LedgerNews } from '#core/wire/anomalies.ts';
import type { MetricStore } from '../metric-store.ts';
import type { Ledger, LedgerMark } from './ledger.ts';

/**
 * Changes that are kept to be told, and characters of them as JSON: whoever has missed more asks for it, in pages. One
 * reader who takes nothing has as much waiting at most, far below what drops him.
 */
const MAX_KEPT = 200;
const MAX_KEPT_LENGTH = 256_000;
const RETRY_MS = 2_000;

interface Change {
  readonly revision: number;
  readonly length: number;
  readonly anomaly: Anomaly | null;
  readonly ack: Ack | null;
}

export interface NewsDeps {
  /** News are those of its data set alone. */
  readonly store: Pick<MetricStore, 'epoch'>;
  /** Null while it is not open. */
  readonly ledger: () => Pick<Ledger, 'mark' | 'changes' | 'settings'> | null;
  readonly log: Pick<Logger, 'error'>;
  /** How often to look for what other servers wrote; null: nobody else can write. */
  readonly everyMs?: number | null;
  readonly retryMs?: number;
  /** Told what was chosen last, at first and whenever it becomes another. */
  readonly onSettings?: (settings: AnomalySettings) => void;
}

/** Knows what has changed in the ledger of late, so that nobody who waits for news need ask a database. */
export class NewsDesk {
  readonly #deps: NewsDeps;
  readonly #listeners = new Set<() => void>();
  /** The newest change of each incident, and of the decision about it, ascending by revision. */
  readonly #kept = new Map<string, Change>();
  #keptLength = 0;
  /** Every change after this revision is kept. */
  #keptSince = 0;
  #mark: LedgerMark | null = null;
  #epoch = '';
  #settings = '';
  #isWanted = false;
  #reading: Promise<void> | null = null;
  #retry: NodeJS.Timeout | null = null;
  #hasFailed = false;
  readonly #timer: NodeJS.Timeout | null;
  #isClosed = false;

  constructor(deps: NewsDeps) {
    this.#deps = deps;
    const { everyMs = null } = deps;
    this.#timer = everyMs === null ? null : setInterval(() => void this.changed(), everyMs).unref();
  }

  /** How far the ledger has come; null: it is not open, or was not read yet. */
  get mark(): LedgerMark | null {
    return this.#deps.ledger() ? this.#mark : null;
  }

  /**
   * What is new to somebody who has come to `told`, be it nothing. What cannot be told whole is left out: it begins where it ends then, so
   * that whoever hears it asks. Null: the ledger is not open.
   */
  since(told: LedgerMark | null): LedgerNews | null {
    const { mark } = this;
    if (!mark) return null;
    const { id, revision } = mark;
    const isKept =
      this.#epoch === this.#deps.store.epoch &&
      told?.id === id &&
      told.revision >= this.#keptSince &&
      told.revision <= revision;
    if (!isKept) return { ledger: { id, since: revision, revision }, anomalies: [], acks: [] };
    const changes = [...this.#kept.values()].filter((one) => one.revision > told.revision);
    return {
      ledger: { id, since: told.revision, revision },
      anomalies: changes.flatMap(({ anomaly }) => anomaly ?? []),
      acks: changes.flatMap(({ ack }) => ack ?? []),
    };
  }

  /** Calls `listener` whenever there is news, until what is returned is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** To be called when the ledger was opened or changed; done when that is known here. Never fails. */
  changed(): Promise<void> {
    this.#isWanted = true;
    return (this.#reading ??= this.#readWanted().finally(() => (this.#reading = null)));
  }

  /** Looks for nothing any more. May be called twice. */
  close(): void {
    this.#isClosed = true;
    this.#listeners.clear();
    for (const timer of [this.#timer, this.#retry]) if (timer) clearTimeout(timer);
  }

  async #readWanted(): Promise<void> {
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false;
      const ledger = this.#deps.ledger();
      if (!ledger) return;
      try {
        const isNew = await this.#read(ledger);
        this.#hasFailed = false;
        if (isNew) for (const listener of this.#listeners) listener();
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  #failed(error: unknown): void {
    if (this.#isClosed) return;
    // One that closes meanwhile is no failure; one that stays broken is told once.
    if (!this.#hasFailed) this.#deps.log.error({ err: error }, 'the news of the ledger');
    this.#hasFailed = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.changed(), this.#deps.retryMs ?? RETRY_MS).unref();
  }

  /** Whether there was any. */
  async #read(ledger: Pick<Ledger, 'mark' | 'changes' | 'settings'>): Promise<boolean> {
    const { epoch } = this.#deps.store;
    const before = this.#mark;
    const mark = await ledger.mark();
    const isSame = before?.id === mark.id && this.#epoch === epoch;
    if (isSame && before.revision === mark.revision) return false;
    // Before it is known that there was something, so that what fails is done again.
    await this.#readSettings(ledger);
    // What was set back, from a copy, gives old revisions to other changes.
    if (!isSame || before.revision > mark.revision) {
      this.#begin(epoch, mark);
      return true;
    }
    const span = { fromMs: null, toMs: null };
    const sinceRevision = before.revision;
    const reply = await ledger.changes({ epoch, ...span, sinceRevision, limit: MAX_KEPT });
    if (reply.hasMore || reply.ledger !== mark.id) this.#begin(epoch, mark);
    else this.#add(reply);
    return true;
  }

  async #readSettings(ledger: Pick<Ledger, 'settings'>): Promise<void> {
    const settings = await ledger.settings();
    const text = JSON.stringify(settings);
    if (text === this.#settings || this.#isClosed) return;
    this.#settings = text;
    this.#deps.onSettings?.(settings);
  }

  /** Knows of nothing before. */
  #begin(epoch: string, mark: LedgerMark): void {
    this.#epoch = epoch;
    this.#mark = mark;
    this.#kept.clear();
    this.#keptLength = 0;
    this.#keptSince = mark.revision;
  }

  #add({ ledger, revision, anomalies, acks }: AnomaliesReply): void {
    const changes = [
      ...anomalies.map((anomaly) => changeOf(`incident ${anomaly.id}`, anomaly, null)),
      ...acks.map((ack) => changeOf(`decision ${ack.incidentId}`, null, ack)),
    ];
    for (const [key, change] of changes.sort(([, a], [, b]) => a.revision - b.revision)) {
      this.#drop(key);
      this.#kept.set(key, change);
      this.#keptLength += change.length;
    }
    this.#mark = { id: ledger, revision };
    for (const [key, { revision: dropped }] of this.#kept) {
      if (this.#kept.size <= MAX_KEPT && this.#keptLength <= MAX_KEPT_LENGTH) return;
      this.#drop(key);
      this.#keptSince = dropped;
    }
  }

  #drop(key: string): void {
    this.#keptLength -= this.#kept.get(key)?.length ?? 0;
    this.#kept.delete(key);
  }
}

function changeOf(key: string, anomaly: Anomaly | null, ack: Ack | null): [string, Change] {
  const revision = anomaly?.revision ?? ack?.revision ?? 0;
  return [key, { revision, length: JSON.stringify(anomaly ?? ack).length, anomaly, ack }];
}
