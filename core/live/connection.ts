import type { Failure, FailureReason } from './failure.ts';
import type { Transport, TransportChoice } from './settings.ts';
import {
  afterPollFailure,
  afterStreamFailure,
  mayStream,
  type StreamFailure,
  type StreamTrust,
  TRUSTED,
} from './stream-trust.ts';

/**
 * The connection as one union; each state has only its own data. Times are epoch ms of a clock that
 * never goes back (`performance.timeOrigin + performance.now()`), so that page and worker can compare them.
 */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly via: Transport }
  | {
      readonly kind: 'waiting';
      /** The retry that comes next or, when `untilMs` is past, is under way; 1 is the first. */
      readonly attempt: number;
      readonly untilMs: number;
      /** When the first failure came. */
      readonly sinceMs: number;
      readonly reason: FailureReason;
    }
  | { readonly kind: 'paused'; readonly by: 'user' | 'hidden' };

/** The whole machine: what is shown, and how far streams are trusted. */
export interface Connection {
  readonly state: ConnectionState;
  readonly trust: StreamTrust;
}

export const UNCONNECTED: Connection = { state: { kind: 'connecting' }, trust: TRUSTED };

/** What happened, as the machine is told. */
export type ConnectionSignal =
  | { readonly kind: 'start' }
  /** A valid reply to a poll, after which the server wants to be left alone for a while (0: more is waiting). */
  | { readonly kind: 'reply'; readonly nextPollAfterMs: number }
  /** A poll failed. */
  | ({ readonly kind: 'failure' } & Failure)
  /** The stream said its hello: it is through. */
  | { readonly kind: 'hello' }
  /** What the stream brought does not continue what is here: it must begin again from the cache. */
  | { readonly kind: 'resync' }
  | StreamFailure
  /** The wake-up that was asked for. */
  | { readonly kind: 'wake' }
  /** A hint that trying again is worth it: the network is back, or the user is impatient. */
  | { readonly kind: 'retry-now' }
  | { readonly kind: 'pause'; readonly by: 'user' | 'hidden' }
  | { readonly kind: 'resume' };

/** What the machine wants done. Each command ends what the one before it began. */
type ConnectionCommand =
  | { readonly kind: 'ask' }
  | { readonly kind: 'open-stream' }
  | { readonly kind: 'wake-at'; readonly atMs: number }
  | { readonly kind: 'rest' };

export interface ConnectionStep {
  readonly connection: Connection;
  readonly command: ConnectionCommand | null;
}

/** What a step depends on beside the signal. */
export interface StepContext {
  /** The clock of `ConnectionState`. */
  readonly nowMs: number;
  /** Uniform in [0, 1), for the backoff only. */
  readonly random: number;
  /** The user's polling interval. */
  readonly intervalMs: number;
  readonly transport: TransportChoice;
}

/** "Offline" is the label of a wait this long. */
export const OFFLINE_AFTER_MS = 30_000;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 32_000;
const LONGEST_RETRY_AFTER_MS = 300_000;

/**
 * Backoff with full jitter: uniform below a limit that doubles from 1 s to 32 s.
 * @param attempt 1 for the first retry
 * @param random uniform in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number {
  return random * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
}

/**
 * How long a server is left alone after a failure: as long as it asked for, within reason, and as the backoff says.
 * @param attempt 1 for the first retry
 * @param random uniform in [0, 1)
 */
export function waitAfter(
  { retryAfterMs = 0 }: Pick<Failure, 'retryAfterMs'>,
  attempt: number,
  random: number,
): number {
  const askedForMs = Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
  return Math.max(retryDelayMs(attempt, random), askedForMs);
}

/** Every transition of the connection. */
export function stepConnection(
  connection: Connection,
  signal: ConnectionSignal,
  context: StepContext,
): ConnectionStep {
  const { state, trust } = connection;
  if (signal.kind === 'pause') {
    return {
      connection: { state: { kind: 'paused', by: signal.by }, trust },
      command: { kind: 'rest' },
    };
  }
  if (state.kind === 'paused') {
    const isOver = signal.kind === 'resume' || signal.kind === 'start';
    return isOver ? begin({ kind: 'connecting' }, trust, context) : { connection, command: null };
  }
  switch (signal.kind) {
    case 'start':
      return begin({ kind: 'connecting' }, trust, context);
    case 'resume':
      return { connection, command: null };
    case 'resync':
      return begin(state, trust, context);
    case 'wake':
      return begin(tryingNow(state, context.nowMs), trust, context);
    case 'retry-now':
      return state.kind === 'waiting' && state.untilMs > context.nowMs
        ? begin(tryingNow(state, context.nowMs), trust, context)
        : { connection, command: null };
    case 'reply':
      return polled(trust, signal.nextPollAfterMs, context);
    case 'hello':
      return {
        connection: {
          state: { kind: 'live', via: 'streaming' },
          trust: { ...trust, openedAtMs: context.nowMs },
        },
        command: null,
      };
    case 'failure':
      return wait(state, afterPollFailure(trust, context.nowMs), signal, context);
    case 'stream-failure':
      return streamFailed(state, trust, signal, context);
  }
}

/** Asks by stream or by poll, whichever is the user's will and is trusted now. */
function begin(state: ConnectionState, trust: StreamTrust, context: StepContext): ConnectionStep {
  const kind = mayStream(trust, context) ? 'open-stream' : 'ask';
  return { connection: { state, trust }, command: { kind } };
}

function tryingNow(state: ConnectionState, nowMs: number): ConnectionState {
  return state.kind === 'waiting' ? { ...state, untilMs: nowMs } : state;
}

function polled(trust: StreamTrust, nextPollAfterMs: number, context: StepContext): ConnectionStep {
  const connection: Connection = { state: { kind: 'live', via: 'polling' }, trust };
  if (nextPollAfterMs === 0) return { connection, command: { kind: 'ask' } };
  const atMs = context.nowMs + Math.max(context.intervalMs, nextPollAfterMs);
  return { connection, command: { kind: 'wake-at', atMs } };
}

/** A stream that is not to be had while the server can be polled is no reason to wait. */
function streamFailed(
  state: ConnectionState,
  before: StreamTrust,
  failure: StreamFailure,
  context: StepContext,
): ConnectionStep {
  const trust = afterStreamFailure(before, failure, context.nowMs);
  const isPollWorthIt = failure.isRefused || (state.kind === 'live' && state.via === 'polling');
  if (context.transport === 'automatic' && (isPollWorthIt || !mayStream(trust, context))) {
    return { connection: { state, trust }, command: { kind: 'ask' } };
  }
  return wait(state, trust, failure, context);
}

function wait(
  state: ConnectionState,
  trust: StreamTrust,
  failure: Failure,
  { nowMs, random }: StepContext,
): ConnectionStep {
  const attempt = state.kind === 'waiting' ? state.attempt + 1 : 1;
  const untilMs = nowMs + waitAfter(failure, attempt, random);
  const sinceMs = state.kind === 'waiting' ? state.sinceMs : nowMs;
  const { reason } = failure;
  return {
    connection: { state: { kind: 'waiting', attempt, untilMs, sinceMs, reason }, trust },
    command: { kind: 'wake-at', atMs: untilMs },
  };
}
