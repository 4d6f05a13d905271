import type { Chunk } from '../rollup/chunk.ts';
import type { SeriesDictionary } from '../rollup/series.ts';
import type { Incident } from './incident.ts';
import { Incidents } from './incidents.ts';
import { Watch, type WatchOptions } from './watch.ts';

interface BackTestOptions extends WatchOptions {
  /** Of the data. */
  readonly epoch: string;
  readonly series: SeriesDictionary;
}

/** Ids of what would have been are never those of what was. */
const WHAT_IF = 'what-if';

/** What would have been told of with other settings, found a stretch of time after the other. */
export class BackTest {
  readonly #watch: Watch;
  readonly #incidents: Incidents;
  readonly #told = new Map<string, Incident>();

  constructor({ series, epoch, ...options }: BackTestOptions) {
    const { settings } = options;
    this.#watch = new Watch(series, options);
    const whatIf = { epoch: `${WHAT_IF}\n${epoch}`, settings };
    this.#incidents = new Incidents(this.#watch.groups, whatIf);
  }

  /** @param chunk 1-minute rollups, oldest first; bounds in whole minutes */
  push(chunk: Chunk): void {
    for (const report of this.#watch.push(chunk))
      for (const incident of this.#incidents.push(report)) this.#told.set(incident.id, incident);
  }

  /** Incidents that began at or after `fromMs`, as they were in the end, oldest first; what is before is learnt from. */
  toldSince(fromMs: number): readonly Incident[] {
    return [...this.#told.values()].filter(
      ({ startMs, mergedInto }) => startMs >= fromMs && mergedInto === null,
    );
  }
}
