import type { Chunk } from '#core/rollup/chunk.ts';
import { clipTo, isCovered } from '#core/time/intervals.ts';
import type { Cache } from './cache.ts';
import { type DataSet, endOf, takeChunks } from './data-set.ts';
import type { LeaderNews, TabMessage } from './tab-messages.ts';

/** What changes the data that a tab shows, without a look at the disk. */
export type DataNews = Exclude<LeaderNews, { type: 'reload' | 'status' }>;

export function isDataNews(message: TabMessage): message is DataNews {
  return ['stored', 'known', 'open'].includes(message.type);
}

/** Follows what the leader has done. @returns false when that does not fit: load again */
export function followNews(cache: Cache, news: DataNews): boolean {
  const set = cache.current;
  if (!set || set.epoch !== news.epoch) return false;
  const { firstId, keys } = news.series;
  if (firstId > set.series.size) return false;
  if (!keys.every((key, i) => set.series.idOf(key) === firstId + i)) return false;
  switch (news.type) {
    case 'open':
      cache.open = news.chunk;
      return true;
    case 'known':
      set.coverage = { ...set.coverage, '1m': news.minutes, '1h': news.hours };
      cache.outages.follow(news.outages);
      return true;
    case 'stored':
      return takeStored(set, news.chunks, news.isLive);
  }
}

function takeStored(set: DataSet, chunks: readonly Chunk[], isLive: boolean): boolean {
  const covered = set.coverage['5s'];
  const fresh = chunks.filter((chunk) => !isCovered(covered, chunk));
  const endMs = endOf(set.coverage);
  const isNext = (chunk: Chunk) => chunk.fromMs <= endMs && clipTo(covered, chunk).length === 0;
  if (!fresh.every(isNext)) return false;
  takeChunks(set, '5s', fresh, isLive);
  return true;
}
