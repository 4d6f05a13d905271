/** Per bin: an alarm's shadow is down to a third after 150 bins. */
const DECAY = Math.exp(-1 / 150);
/** How much worse it must be to alarm again at once. */
const STEP = 1.3;

/** Keeps one incident from alarming in every bin: each alarm raises the bar for the next, and the bar sinks with time. */
export class QuietBar {
  #bar: number;

  constructor(bar = 0) {
    this.#bar = bar;
  }

  get bar(): number {
    return this.#bar;
  }

  /** Whether the score of the next bin stands out above what alarmed lately. */
  passes(score: number): boolean {
    this.#bar *= DECAY;
    if (score <= this.#bar) return false;
    this.#bar = Math.max(this.#bar, STEP * score);
    return true;
  }
}
