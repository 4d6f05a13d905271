import type { IntervalSet } from '#core/time/intervals.ts';
import type { DataSet } from './data-set.ts';
import type { LeaderNews, NewSeries } from './tab-messages.ts';

/** What the store has not got of a dictionary. */
export function newSeriesOf({ series, storedSeries }: DataSet): NewSeries {
  return { firstId: storedSeries, keys: series.keysFrom(storedSeries) };
}

/** What followers do not hear of chunk by chunk: they read it from the disk when they look at it. */
export function knownNews(set: DataSet, outages: IntervalSet, series: NewSeries): LeaderNews {
  const { epoch, coverage } = set;
  return { type: 'known', epoch, series, minutes: coverage['1m'], hours: coverage['1h'], outages };
}
