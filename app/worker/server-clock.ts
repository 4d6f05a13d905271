import type { Cache } from './cache.ts';
import type { Environment } from './environment.ts';

/** After this long without a valid reply the server's clock is not trusted to move the playhead. */
const HEARING_MS = 10_000;

/** What time it is at the server: its last word plus the time since; before the first, the stored offset. */
export class ServerClock {
  readonly #environment: Environment;
  readonly #cache: Cache;
  #told: { readonly serverMs: number; readonly steadyMs: number } | null = null;
  #heardAtMs = Number.NEGATIVE_INFINITY;

  constructor(environment: Environment, cache: Cache) {
    this.#environment = environment;
    this.#cache = cache;
  }

  /** @param serverMs what the server's clock said just now, epoch ms; null: it was heard, but did not say */
  hear(serverMs: number | null): void {
    const steadyMs = this.#environment.steadyNow();
    this.#heardAtMs = steadyMs;
    if (serverMs !== null) this.#told = { serverMs, steadyMs };
  }

  get isHearing(): boolean {
    return this.#environment.steadyNow() - this.#heardAtMs < HEARING_MS;
  }

  /** Estimate, epoch ms. */
  now(): number {
    if (!this.#told) return this.#environment.wallNow() + (this.#cache.facts.clockOffsetMs ?? 0);
    return this.#told.serverMs + this.#environment.steadyNow() - this.#told.steadyMs;
  }

  /** Server time minus this device's wall clock, ms; null: no server was ever heard. */
  get offsetMs(): number | null {
    if (!this.#told) return this.#cache.facts.clockOffsetMs;
    return Math.round(this.now() - this.#environment.wallNow());
  }
}
