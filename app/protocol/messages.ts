import type { ConnectionState } from '#core/live/connection.ts';
import type { Frame } from '#core/view/frame.ts';
import type { SourceInfo } from '#core/wire/health.ts';

/** What the worker says of itself, whenever it changes. */
export interface WorkerStatus {
  readonly connection: ConnectionState;
  /** Server time minus this device's wall clock, ms; null: no server was ever heard. */
  readonly clockOffsetMs: number | null;
  /** Null until a server has said. */
  readonly source: SourceInfo | null;
  /** Whether what arrives is also written to disk, and by whom. */
  readonly storage: 'writer' | 'reader' | 'memory-only';
}

export type ToWorker =
  /** Answered by exactly one `frame`, when one newer than `since` exists or null when it does not. */
  | { readonly type: 'ask-frame'; readonly since: number }
  | { readonly type: 'visibility'; readonly isVisible: boolean }
  /** The browser hints that the network is back, or the user is impatient. */
  | { readonly type: 'retry-now' }
  | { readonly type: 'close' };

export type FromWorker =
  | { readonly type: 'frame'; readonly frame: Frame | null }
  | { readonly type: 'status'; readonly status: WorkerStatus };
