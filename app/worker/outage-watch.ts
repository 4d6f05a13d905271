import type { ConnectionState } from '#core/live/connection.ts';
import type { Cancel, Environment } from './environment.ts';
import type { OutageLog } from './outage-log.ts';
import type { ServerClock } from './server-clock.ts';

const BEAT_MS = 5_000;
/** Nothing ran for this long: the device slept, or the browser froze the page, and nobody asked, ms. */
const SLEPT_MS = 15_000;
/** What was missed for less comes with the next reply, as if nothing had been, ms. */
const SHORTEST_MS = 5_000;
/** How much of an outage that goes on a crash may cost, ms. */
const SAVE_EVERY_MS = 30_000;

export interface OutageWatchDeps {
  readonly environment: Environment;
  readonly clock: ServerClock;
  readonly log: OutageLog;
  /** What was noted shall be stored, as nothing else is going to be. */
  save(): void;
}

/**
 * Notes when the server was asked and not heard: from its last valid reply, or the first question, until
 * its next one. Time in which nobody asks (paused, hidden, asleep, closed) is no outage.
 */
export class OutageWatch {
  readonly #deps: OutageWatchDeps;
  #cancel: Cancel = () => undefined;
  #isDown = false;
  /** Since when the server is being asked in vain, device time; null: it is not being asked. */
  #sinceMs: number | null = null;
  #awakeAtMs: number;
  /** From the device's clock to the server's as last heard; a clock that slept is not asked for it. */
  #offsetMs: number | null;
  #savedAtMs: number;

  constructor(deps: OutageWatchDeps) {
    this.#deps = deps;
    this.#offsetMs = deps.clock.offsetMs;
    this.#awakeAtMs = deps.environment.wallNow();
    this.#savedAtMs = this.#awakeAtMs;
    this.#beatLater();
  }

  /** The server was heard, and its clock may have been. */
  heard(): void {
    const nowMs = this.#noteUpToNow();
    this.#offsetMs = this.#deps.clock.offsetMs;
    this.#sinceMs = nowMs;
  }

  connectionChanged(state: ConnectionState): void {
    const nowMs = this.#noteUpToNow();
    this.#isDown = state.kind === 'waiting';
    if (state.kind === 'paused') this.#sinceMs = null;
    else this.#sinceMs ??= nowMs;
    this.#noteUpToNow();
  }

  /** Callable twice. */
  close(): void {
    this.#cancel();
  }

  #beatLater(): void {
    this.#cancel = this.#deps.environment.after(BEAT_MS, () => {
      const nowMs = this.#noteUpToNow();
      if (this.#isDown && nowMs - this.#savedAtMs >= SAVE_EVERY_MS) {
        this.#savedAtMs = nowMs;
        this.#deps.save();
      }
      this.#beatLater();
    });
  }

  /** @returns now, device time */
  #noteUpToNow(): number {
    const nowMs = this.#deps.environment.wallNow();
    const hasSlept = nowMs - this.#awakeAtMs > SLEPT_MS || nowMs < this.#awakeAtMs;
    this.#note(hasSlept ? this.#awakeAtMs : nowMs);
    if (hasSlept && this.#sinceMs !== null) this.#sinceMs = nowMs;
    this.#awakeAtMs = nowMs;
    return nowMs;
  }

  #note(toMs: number): void {
    if (!this.#isDown || this.#sinceMs === null || this.#offsetMs === null) return;
    if (toMs - this.#sinceMs < SHORTEST_MS) return;
    const offsetMs = this.#offsetMs;
    this.#deps.log.note({ fromMs: this.#sinceMs + offsetMs, toMs: toMs + offsetMs });
  }
}
