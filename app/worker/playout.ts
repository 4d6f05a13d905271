import type { Environment } from './environment.ts';

/** How fast the delay may change, ms per ms: the playhead then runs a tenth slower or faster. */
const SLEW = 0.1;

/** How far behind the server's clock the screen is. A change is approached slowly, so that nothing jumps. */
export class Playout {
  readonly #environment: Environment;
  #targetMs: number | null = null;
  #delayMs = 0;
  #atMs = 0;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The first target holds at once. */
  setTarget(targetMs: number): void {
    const delayMs = this.delayMs();
    this.#delayMs = this.#targetMs === null ? targetMs : delayMs;
    this.#targetMs = targetMs;
    this.#atMs = this.#environment.steadyNow();
  }

  delayMs(): number {
    const targetMs = this.#targetMs ?? 0;
    const mostMs = SLEW * (this.#environment.steadyNow() - this.#atMs);
    const missingMs = targetMs - this.#delayMs;
    return this.#delayMs + Math.sign(missingMs) * Math.min(Math.abs(missingMs), mostMs);
  }
}
