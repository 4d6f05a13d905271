import { createStore } from 'zustand/vanilla';
import type { ConnectionState } from '#core/live/connection.ts';
import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from '#core/live/settings.ts';
import { type Filter, isSameFilter, NO_FILTER } from '#core/view/filter.ts';
import type { Frame, SpendRate } from '#core/view/frame.ts';
import { DEFAULT_SPEED, type Playback, type Speed } from '#core/view/playback.ts';
import { isSameRange, REAL_TIME, type TimeRange } from '#core/view/window.ts';
import type { SourceInfo } from '#core/wire/health.ts';
import type { EvidenceInfo } from '#core/wire/evidence.ts';
import type { NoticeRow } from '#app/database/database.ts';
import type { KnownIncident } from '#app/database/incidents.ts';
import type { CatchUp, WorkerStatus } from '#app/protocol/messages.ts';
import type { Moment } from './clock.ts';
import type { DecidedHere } from './incidents/decided-here.ts';
import type { InstallPrompt } from './install/install-way.ts';
import type { Route } from './route.ts';
import type { Snapshot } from './snapshot.ts';
import type { AddressProblem } from './url.ts';

/** Everything that the page knows. Nothing in it is computed here. */
export interface PageState {
  /** The newest frame, of the worker or of the snapshot; null: there never was one. */
  readonly frame: Frame | null;
  readonly route: Route;
  /** The slice that the user looks at. */
  readonly filter: Filter;
  /** How much of the past the user looks at. */
  readonly range: TimeRange;
  /** The past is being played, and the range moves on; null: it stands still, or is real time. */
  readonly playback: Playback | null;
  /** How fast the past is played when it is. */
  readonly speed: Speed;
  /** In which all times are told; null: the one of this device. */
  readonly zone: string | null;
  /** What of the address could not be used; empty as soon as something else is chosen. */
  readonly addressProblems: readonly AddressProblem[];
  /** Moves between frames; null: nothing is on screen. */
  readonly spendRate: SpendRate | null;
  readonly connection: ConnectionState;
  /** The server is heard, and nothing is being used. */
  readonly isSilent: boolean;
  readonly settings: LiveSettings;
  /** Server time minus this device's wall clock, ms; null: no server was ever heard. */
  readonly clockOffsetMs: number | null;
  /** Null until a server has said, now or in an earlier visit. */
  readonly source: SourceInfo | null;
  /** How far history has come; null: it is complete, or nothing is known. */
  readonly catchUp: CatchUp | null;
  /** What is shown was imported from this file; null: it comes from the server. */
  readonly evidence: EvidenceInfo | null;
  /** Null until the worker has said. */
  readonly storage: WorkerStatus['storage'] | null;
  /** Why the worker can no longer be relied on, in words for people. */
  readonly workerFailure: string | null;
  /** A newer build is installed and takes over with the next load. */
  readonly isUpdateReady: boolean;
  /** Parts of this build are neither on this device nor on the server: only a reload mends that. */
  readonly isCodeGone: boolean;
  /** The browser's offer to install the app, good for once; null: it made none. */
  readonly installPrompt: InstallPrompt | null;
  /** The user should hear once that the app can be installed. */
  readonly isInstallHinted: boolean;
  /** Newest first; null until the device has been read. */
  readonly incidents: readonly KnownIncident[] | null;
  /** How many of them nobody has dealt with lately. */
  readonly unattended: number;
  /** What the user has to be told about decisions of theirs, oldest first. */
  readonly notices: readonly NoticeRow[];
  /** Id of the incident that is open in its panel; null: none is. */
  readonly pickedIncident: string | null;
  /** What the user decided last on this page; null: nothing yet. */
  readonly decided: DecidedHere | null;
  readonly now: Moment;
}

export type PageStore = ReturnType<typeof createPageStore>;

/** The state of a page that has only just been opened. */
export function createPageStore(
  now: Moment,
  snapshot: Snapshot | null,
  filter = NO_FILTER,
  route: Route = 'live',
  range = REAL_TIME,
  zone: string | null = null,
) {
  // What an earlier visit left may be of another slice than the one asked for now.
  const frame = snapshot && isAsked(snapshot.frame, { filter, range }) ? snapshot.frame : null;
  return createStore<PageState>()(() => ({
    frame,
    route,
    filter,
    range,
    playback: null,
    speed: DEFAULT_SPEED,
    zone,
    addressProblems: [],
    spendRate: frame?.spendRate ?? null,
    connection: { kind: 'connecting' },
    isSilent: false,
    settings: DEFAULT_LIVE_SETTINGS,
    clockOffsetMs: snapshot?.clockOffsetMs ?? null,
    source: snapshot?.source ?? null,
    catchUp: null,
    evidence: null,
    storage: null,
    workerFailure: null,
    isUpdateReady: false,
    isCodeGone: false,
    installPrompt: null,
    isInstallHinted: false,
    incidents: null,
    unattended: 0,
    notices: [],
    pickedIncident: null,
    decided: null,
    now,
  }));
}

/**
 * A frame in which nothing is complete never replaces one of the same slice in which something was;
 * a frame of a slice that the user has left is not shown at all.
 */
export function showFrame(store: PageStore, frame: Frame): void {
  const { frame: shown, ...asked } = store.getState();
  if (!isAsked(frame, asked)) return;
  const isSameSlice = shown !== null && isAsked(shown, asked);
  const isEmptier = isSameSlice && frame.asOfMs === null && shown.asOfMs !== null;
  if (!isEmptier) store.setState({ frame, spendRate: frame.spendRate });
}

function isAsked(frame: Frame, { filter, range }: Pick<PageState, 'filter' | 'range'>): boolean {
  return isSameFilter(frame.filter, filter) && isSameRange(frame.range, range);
}

/** What was known of the server stays known until the worker knows better. */
export function showStatus(store: PageStore, status: WorkerStatus): void {
  const known = store.getState();
  store.setState({
    connection: status.connection,
    isSilent: status.isSilent,
    settings: status.settings,
    clockOffsetMs: status.clockOffsetMs ?? known.clockOffsetMs,
    source: status.source ?? known.source,
    catchUp: status.catchUp,
    evidence: status.evidence,
    storage: status.storage,
  });
}
