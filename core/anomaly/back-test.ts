import type { Chunk } from '../rollup/chunk.ts';
import type { SeriesDictionary } from '../rollup/series.ts';
import type { Incident } from './incident.ts';
import { Incidents } from './incidents.ts';
import { Watch, type WatchOptions } from './watch.ts';

export interface BackTestOptions extends WatchOptions {
  /** Of the data. */
  readonly epoch: string;
  readonly series: SeriesDictionary;
}

/** Ids of what would have been are never those of what was. */
const WHAT_IF = 'what-if';

/**
 * What would have been told of with other settings.
 * @param chunks 1-minute rollups, oldest first; those before `fromMs` are learnt from
 * @returns incidents that began at or after `fromMs`, as they were in the end, oldest first
 */
export function backTest(
  { series, epoch, ...options }: BackTestOptions,
  chunks: Iterable<Chunk>,
  fromMs: number,
): readonly Incident[] {
  const { settings } = options;
  const watch = new Watch(series, options);
  const incidents = new Incidents(watch.groups, { epoch: `${WHAT_IF}\n${epoch}`, settings });
  const told = new Map<string, Incident>();
  for (const chunk of chunks)
    for (const report of watch.push(chunk))
      for (const incident of incidents.push(report)) told.set(incident.id, incident);
  return [...told.values()].filter(
    ({ startMs, mergedInto }) => startMs >= fromMs && mergedInto === null,
  );
}
