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

  /**
   * Whether the score of the next bin is an alarm that stands out above those of late.
   * @param level least score of an alarm
   */
  passes(score: number, level = 0): boolean {
    this.#bar *= DECAY;
    if (score < level || score <= this.#bar) return false;
    this.#bar = Math.max(this.#bar, STEP * score);
    return true;
  }
}
