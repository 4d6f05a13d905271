import { addInterval, type Interval, type IntervalSet, missingFrom } from '#core/time/intervals.ts';
import { ceilTo, FINEST_MS, floorTo } from '#core/time/resolution.ts';

/** When the server was asked and not heard: what is stored of it, and what waits for the next commit. */
export class OutageLog {
  #known: IntervalSet = [];
  #unsaved: IntervalSet = [];

  get known(): IntervalSet {
    return this.#known;
  }

  /** What is not stored yet. */
  get unsaved(): IntervalSet {
    return this.#unsaved;
  }

  /** @param span server time; widened to whole buckets, as those that it cuts are fetched whole */
  note({ fromMs, toMs }: Interval): void {
    const span = { fromMs: floorTo(fromMs, FINEST_MS), toMs: ceilTo(toMs, FINEST_MS) };
    for (const fresh of missingFrom(this.#known, span)) {
      this.#unsaved = addInterval(this.#unsaved, fresh);
    }
    this.#known = addInterval(this.#known, span);
  }

  /** Some of what was unsaved is stored by now; more may have been noted since. */
  saved(outages: IntervalSet): void {
    this.#unsaved = this.#unsaved.flatMap((one) => missingFrom(outages, one));
  }

  /** What was read from the disk. */
  take(stored: IntervalSet): void {
    this.#known = this.#unsaved.reduce(addInterval, stored);
  }

  /** What the leader knows. */
  follow(outages: IntervalSet): void {
    this.#known = outages;
  }
}
