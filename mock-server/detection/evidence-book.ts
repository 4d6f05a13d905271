import type { Evidence } from '#core/anomaly/explain.ts';
import type { Incident } from '#core/anomaly/incident.ts';
import { BucketTable } from '#core/rollup/bucket-table.ts';
import type { RollupRows } from '#core/rollup/rollup.ts';
import { FINEST_MS, RESOLUTION_MS, floorTo } from '#core/time/resolution.ts';
import type { MetricStore } from '../metric-store.ts';

const MINUTE_MS = RESOLUTION_MS['1m'];
const HOUR_MS = RESOLUTION_MS['1h'];
/** One bucket for all: who used what counts, not when. */
const WHOLE = Number.MAX_SAFE_INTEGER;
/** Incidents that go on at the same time, and some that have just ended. */
const MOST_PAGES = 100;

interface Page {
  readonly before: RollupRows;
  readonly during: BucketTable;
  /** End of the minutes that are in `during`, epoch ms. */
  toMs: number;
}

/** What incidents are explained by: asked of the store once, and then minute by minute. */
export class EvidenceBook {
  readonly #store: MetricStore;
  readonly #pages = new Map<string, Page>();

  constructor(store: MetricStore) {
    this.#store = store;
  }

  of({ id, startMs, endMs, updatedMs }: Incident): Evidence {
    const untilMs = endMs ?? updatedMs;
    const minutesMs = floorTo(untilMs, MINUTE_MS);
    const page = this.#pageOf(id, startMs, minutesMs);
    if (minutesMs > page.toMs) {
      page.during.addRows(this.#store.rollups(page.toMs, minutesMs, '1m'));
      page.toMs = minutesMs;
    }
    const { series } = this.#store;
    if (untilMs === minutesMs) return { series, before: page.before, during: page.during.toRows() };
    // A quick look ends within a minute: that part counts this once.
    const during = new BucketTable(WHOLE);
    during.addRows(page.during.toRows());
    during.addRows(this.#store.rollups(minutesMs, floorTo(untilMs, FINEST_MS), '5s'));
    return { series, before: page.before, during: during.toRows() };
  }

  #pageOf(id: string, startMs: number, toMs: number): Page {
    const known = this.#pages.get(id);
    // An end may turn out to be earlier than what was seen.
    if (known && known.toMs <= Math.max(toMs, startMs)) return known;
    const before = new BucketTable(WHOLE);
    before.addRows(this.#store.rollups(startMs - HOUR_MS, startMs, '1m'));
    const page = { before: before.toRows(), during: new BucketTable(WHOLE), toMs: startMs };
    this.#pages.delete(id);
    this.#pages.set(id, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > MOST_PAGES && oldest !== undefined) this.#pages.delete(oldest);
    return page;
  }
}
