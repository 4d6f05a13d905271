import type { ConnectionState } from '#core/live/connection.ts';
import type { LiveSettings } from '#core/live/settings.ts';
import type { Filter } from '#core/view/filter.ts';
import type { Frame, SpendRate } from '#core/view/frame.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { StorageFailure } from '#app/database/storage-failure.ts';

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
  /** The user's, shared by all tabs. */
  readonly settings: LiveSettings;
}

export type ToWorker =
  /** Answered by exactly one `frame`. */
  | { readonly type: 'ask-frame'; readonly since: number; readonly filter: Filter }
  | { readonly type: 'visibility'; readonly isVisible: boolean }
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
  | { readonly type: 'status'; readonly status: WorkerStatus };
