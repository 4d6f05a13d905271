import type { ConnectionState } from '#core/live/connection.ts';
import type { Stretch } from '#core/live/history-plan.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { Chunk } from '#core/rollup/chunk.ts';
import type { SeriesKey } from '#core/rollup/series.ts';
import type { IntervalSet } from '#core/time/intervals.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { CatchUp } from '#app/protocol/messages.ts';

/** New series, of which the first has the id `firstId`. */
export interface NewSeries {
  readonly firstId: number;
  readonly keys: readonly SeriesKey[];
}

/** What the leader has, for those who follow. */
export type LeaderNews =
  /** These chunks were stored at 5 s. */
  | {
      readonly type: 'stored';
      readonly epoch: string;
      readonly series: NewSeries;
      readonly chunks: readonly Chunk[];
      /** Whether they came as they happened. */
      readonly isLive: boolean;
    }
  /** What is stored in coarser buckets, or known of outages, has changed; all of it. */
  | {
      readonly type: 'known';
      readonly epoch: string;
      readonly series: NewSeries;
      readonly minutes: IntervalSet;
      readonly hours: IntervalSet;
      readonly outages: IntervalSet;
    }
  /** The bucket that is filling. */
  | {
      readonly type: 'open';
      readonly epoch: string;
      readonly series: NewSeries;
      readonly chunk: Chunk | null;
    }
  /** The stored data changed in another way: read them again. */
  | { readonly type: 'reload' }
  | { readonly type: 'status'; readonly status: LeaderStatus };

/** What the leader knows of the server. */
export interface LeaderStatus {
  readonly connection: ConnectionState;
  readonly isSilent: boolean;
  readonly source: SourceInfo | null;
  readonly catchUp: CatchUp | null;
  /** Estimate of the server's clock as this was sent, epoch ms; null: it is not being heard. */
  readonly serverNowMs: number | null;
}

/** What the workers of one browser's tabs tell each other. */
export type TabMessage =
  | LeaderNews
  /** A new tab wants the leader's status. */
  | { readonly type: 'hello' }
  | { readonly type: 'retry-now' }
  /** A follower shows this, and not all of it is cached. */
  | { readonly type: 'want'; readonly stretch: Stretch }
  | { readonly type: 'catch-up'; readonly isWanted: boolean }
  /** A tab was shown or hidden. */
  | { readonly type: 'visibility' }
  | { readonly type: 'settings'; readonly settings: LiveSettings };
