import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import type { WorkerStatus } from '#app/protocol/messages.ts';
import type { Environment } from './environment.ts';

/** Smaller differences between two estimates of a clock are noise of the network, ms. */
const OFFSET_NOISE_MS = 500;

/** Tells the page of this tab what is new, and nothing else. */
export class StatusReport {
  readonly #environment: Environment;
  #told = '';
  #status: WorkerStatus = {
    connection: { kind: 'connecting' },
    isSilent: false,
    clockOffsetMs: null,
    source: null,
    storage: { kind: 'reader' },
    catchUp: null,
    evidence: null,
    settings: DEFAULT_LIVE_SETTINGS,
  };

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** @returns all that is known now */
  post(news: Partial<WorkerStatus>): WorkerStatus {
    const clockOffsetMs = steadied(this.#status.clockOffsetMs, news.clockOffsetMs ?? null);
    this.#status = { ...this.#status, ...news, clockOffsetMs };
    const text = JSON.stringify(this.#status);
    if (text === this.#told) return this.#status;
    this.#told = text;
    this.#environment.post({ type: 'status', status: this.#status });
    return this.#status;
  }
}

function steadied(known: number | null, next: number | null): number | null {
  if (known === null || next === null) return next ?? known;
  return Math.abs(next - known) < OFFSET_NOISE_MS ? known : next;
}
