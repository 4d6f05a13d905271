import type { Incident } from '#core/anomaly/incident.ts';
import type { AnomalySettings } from '#core/anomaly/settings.ts';
import type { ConnectionState } from '#core/live/connection.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { Filter } from '#core/view/filter.ts';
import type { Frame, SpendRate } from '#core/view/frame.ts';
import type { Look } from '#core/view/look.ts';
import type { Interval } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import type { EvidenceInfo } from '#core/wire/evidence.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { StorageFailure } from '#app/database/storage-failure.ts';

/** The name of a worker that shows what was imported instead of what the server says. */
export const EVIDENCE_WORKER = 'burnrate-evidence';

/** A tab holds a lock whose name begins so while it is visible. */
export const VISIBLE_LOCK = 'burnrate-visible-';

/** Whether what arrives is also written to disk, and by whom; if not, why not. */
export type StorageStatus =
  | { readonly kind: 'writer' }
  | { readonly kind: 'reader' }
  | { readonly kind: 'memory-only'; readonly why: StorageFailure };

/** How far history has come that is being fetched. */
export interface CatchUp {
  /** The user wants no more than the screen needs. */
  readonly isCancelled: boolean;
  /** Of the buckets that were missing, 0 to 1. */
  readonly share: number;
  /** On disk. */
  readonly gotBytes: number;
  /** Null: nothing has come yet to judge by. */
  readonly expectedBytes: number | null;
}

/** What is cached at one resolution. */
export interface CachedTier {
  readonly resolution: Resolution;
  readonly bytes: number;
  readonly segments: number;
  /** Start of the oldest and end of the newest bucket, epoch ms; null: nothing is cached. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Complete in between, ms. */
  readonly coveredMs: number;
}

/** What is on this device, and how much there may be. */
export interface StorageReport {
  /** Finest first. */
  readonly tiers: readonly CachedTier[];
  /** Room for all tiers, bytes. */
  readonly mostBytes: number;
  /** What the browser lets the site store, bytes; null: it does not say. */
  readonly quotaBytes: number | null;
}

/** What the worker says of itself, whenever it changes. */
export interface WorkerStatus {
  readonly connection: ConnectionState;
  /** The server is heard, and nothing was used for a minute or more. */
  readonly isSilent: boolean;
  /** Server time minus this device's wall clock, ms; null: no server was ever heard. */
  readonly clockOffsetMs: number | null;
  /** Null until a server has said. */
  readonly source: SourceInfo | null;
  readonly storage: StorageStatus;
  /** Null: nothing is missing. */
  readonly catchUp: CatchUp | null;
  /** What is shown was imported from a file; null: it comes from the server. */
  readonly evidence: EvidenceInfo | null;
  /** The user's, shared by all tabs. */
  readonly settings: LiveSettings;
}

/** Each is answered by exactly one message whose `type` is the request's, with what came of it. */
export type StorageRequest =
  | { readonly type: 'report-storage' }
  | { readonly type: 'clear-cache' }
  | { readonly type: 'export-evidence' }
  /** What is cached of a window, as CSV; the span is made of whole buckets of the resolution. */
  | {
      readonly type: 'export-csv';
      readonly filter: Filter;
      readonly resolution: Resolution;
      readonly span: Interval;
      /** In which local times are told. */
      readonly zone: string;
    }
  /** The name is the file's own. */
  | { readonly type: 'import-evidence'; readonly file: Blob; readonly name: string };

export type StorageAnswer =
  | { readonly type: 'report-storage'; readonly result: Outcome<StorageReport> }
  | { readonly type: 'clear-cache'; readonly result: Outcome<null> }
  | { readonly type: 'export-evidence'; readonly result: Outcome<Blob> }
  | { readonly type: 'export-csv'; readonly result: Outcome<Blob> }
  | { readonly type: 'import-evidence'; readonly result: Outcome<EvidenceInfo> };

/** What came of a request, or why nothing did, in words for people. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/**
 * What would have been raised lately with other settings, found in what is cached. A newer question takes the
 * place of one that is not answered yet.
 */
export interface BackTestRequest {
  readonly type: 'back-test';
  /** Comes back with all that is told of it. */
  readonly number: number;
  readonly settings: AnomalySettings;
}

/** What comes of it: any number of times `running`, then one of the others. */
export type BackTestNews =
  | { readonly kind: 'running'; readonly share: number }
  | {
      readonly kind: 'done';
      readonly tried: Interval;
      /** Known of that, and before it, ms. */
      readonly knownMs: number;
      readonly learntMs: number;
      /** That began in `tried`, oldest first. */
      readonly incidents: readonly Incident[];
    }
  | { readonly kind: 'too-little'; readonly cachedMs: number }
  | { readonly kind: 'failed'; readonly reason: string };

export interface BackTestAnswer {
  readonly type: 'back-test';
  readonly number: number;
  readonly news: BackTestNews;
}

export type ToWorker =
  /** Answered by exactly one `frame`. */
  | ({ readonly type: 'ask-frame'; readonly since: number } & Look)
  | { readonly type: 'visibility'; readonly isVisible: boolean }
  | StorageRequest
  | BackTestRequest
  /** The browser hints that the network is back, or the user is impatient. */
  | { readonly type: 'retry-now' }
  /** Whether history that the screen does not need shall be fetched. */
  | { readonly type: 'catch-up'; readonly isWanted: boolean }
  /** The user chose; all tabs follow. */
  | { readonly type: 'settings'; readonly settings: LiveSettings }
  | { readonly type: 'close' };

export type FromWorker =
  | {
      readonly type: 'frame';
      /** Null: none is newer than `since`, for the filter asked with. */
      readonly frame: Frame | null;
      /** The spend rate of this very moment, which moves between frames; null: nothing is on screen. */
      readonly spendRate: SpendRate | null;
    }
  | { readonly type: 'status'; readonly status: WorkerStatus }
  | BackTestAnswer
  | StorageAnswer;
