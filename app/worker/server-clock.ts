import type { Cache } from './cache.ts';
import type { Environment } from './environment.ts';

/** After this long without a valid reply the server's clock is not trusted to move the playhead. */
const HEARING_MS = 10_000;

/** What time it is at the server: its last word plus the time since; before the first, the stored offset. */
export class ServerClock {
  readonly #environment: Environment;
  readonly #cache: Cache;
  #heard: { readonly serverMs: number; readonly steadyMs: number } | null = null;

  constructor(environment: Environment, cache: Cache) {
    this.#environment = environment;
    this.#cache = cache;
  }

  /** @param serverMs the server's clock in a reply that came just now, epoch ms */
  hear(serverMs: number): void {
    this.#heard = { serverMs, steadyMs: this.#environment.steadyNow() };
  }

  get isHearing(): boolean {
    if (!this.#heard) return false;
    return this.#environment.steadyNow() - this.#heard.steadyMs < HEARING_MS;
  }

  /** Estimate, epoch ms. */
  now(): number {
    if (!this.#heard) return this.#environment.wallNow() + (this.#cache.clockOffsetMs ?? 0);
    return this.#heard.serverMs + this.#environment.steadyNow() - this.#heard.steadyMs;
  }

  /** Server time minus this device's wall clock, ms; null: no server was ever heard. */
  get offsetMs(): number | null {
    if (!this.#heard) return this.#cache.clockOffsetMs;
    return Math.round(this.now() - this.#environment.wallNow());
  }
}
