import { createStore } from 'zustand/vanilla';
import type { ConnectionState } from '#core/live/connection.ts';
import type { Frame } from '#core/view/frame.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { WorkerStatus } from '#app/protocol/messages.ts';
import type { Moment } from './clock.ts';
import type { Snapshot } from './snapshot.ts';

/** Everything that the page knows. Nothing in it is computed here. */
export interface PageState {
  /** The newest frame, of the worker or of the snapshot; null: there never was one. */
  readonly frame: Frame | null;
  readonly connection: ConnectionState;
  /** Server time minus this device's wall clock, ms; null: no server was ever heard. */
  readonly clockOffsetMs: number | null;
  /** Null until a server has said, now or in an earlier visit. */
  readonly source: SourceInfo | null;
  /** Null until the worker has said. */
  readonly storage: WorkerStatus['storage'] | null;
  /** Why the worker can no longer be relied on, in words for people. */
  readonly workerFailure: string | null;
  /** A newer build is installed and takes over with the next load. */
  readonly isUpdateReady: boolean;
  readonly now: Moment;
}

export type PageStore = ReturnType<typeof createPageStore>;

/** The state of a page that has only just been opened. */
export function createPageStore(now: Moment, snapshot: Snapshot | null) {
  return createStore<PageState>()(() => ({
    frame: snapshot?.frame ?? null,
    connection: { kind: 'connecting' },
    clockOffsetMs: snapshot?.clockOffsetMs ?? null,
    source: snapshot?.source ?? null,
    storage: null,
    workerFailure: null,
    isUpdateReady: false,
    now,
  }));
}

/** A frame in which nothing is complete never replaces one in which something was. */
export function showFrame(store: PageStore, frame: Frame): void {
  const shown = store.getState().frame;
  const isEmptier = frame.asOfMs === null && shown !== null && shown.asOfMs !== null;
  if (!isEmptier) store.setState({ frame });
}

/** What was known of the server stays known until the worker knows better. */
export function showStatus(store: PageStore, status: WorkerStatus): void {
  const known = store.getState();
  store.setState({
    connection: status.connection,
    clockOffsetMs: status.clockOffsetMs ?? known.clockOffsetMs,
    source: status.source ?? known.source,
    storage: status.storage,
  });
}
