/** How live data arrives. */
export type Transport = 'streaming' | 'polling';

/** Why a question failed, in words that a person can be shown. */
export type FailureReason =
  | 'unreachable'
  | 'timeout'
  | 'not the Burnrate server'
  | 'server error'
  | 'malformed reply';

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
  | { readonly kind: 'paused' };

/** What happened, as the machine is told. */
export type ConnectionSignal =
  | { readonly kind: 'start' }
  /** A valid reply, after which the server wants to be left alone for a while (0: more is waiting). */
  | { readonly kind: 'reply'; readonly nextPollAfterMs: number }
  | { readonly kind: 'failure'; readonly reason: FailureReason; readonly retryAfterMs?: number }
  /** The wake-up that was asked for. */
  | { readonly kind: 'wake' }
  /** A hint that trying again is worth it: the network is back, or the user is impatient. */
  | { readonly kind: 'retry-now' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

/** What the machine wants done. A wake-up replaces the one before it; so does a question. */
export type ConnectionCommand =
  | { readonly kind: 'ask' }
  | { readonly kind: 'wake-at'; readonly atMs: number }
  | { readonly kind: 'rest' };

export interface ConnectionStep {
  readonly state: ConnectionState;
  readonly command: ConnectionCommand | null;
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
 * Every transition of the connection.
 * @param nowMs the clock of `ConnectionState`
 * @param random uniform in [0, 1), used for the backoff only
 * @param intervalMs the user's polling interval
 */
export function stepConnection(
  state: ConnectionState,
  signal: ConnectionSignal,
  nowMs: number,
  random: number,
  intervalMs: number,
): ConnectionStep {
  if (signal.kind === 'pause') return { state: { kind: 'paused' }, command: { kind: 'rest' } };
  if (state.kind === 'paused') {
    return signal.kind === 'resume' || signal.kind === 'start'
      ? connect()
      : { state, command: null };
  }
  switch (signal.kind) {
    case 'start':
      return connect();
    case 'resume':
      return { state, command: null };
    case 'wake':
      return { state: tryingNow(state, nowMs), command: { kind: 'ask' } };
    case 'retry-now':
      return state.kind === 'waiting' && state.untilMs > nowMs
        ? { state: tryingNow(state, nowMs), command: { kind: 'ask' } }
        : { state, command: null };
    case 'reply':
      return live(nowMs, signal.nextPollAfterMs, intervalMs);
    case 'failure':
      return wait(state, signal, nowMs, random);
  }
}

function connect(): ConnectionStep {
  return { state: { kind: 'connecting' }, command: { kind: 'ask' } };
}

function tryingNow(state: ConnectionState, nowMs: number): ConnectionState {
  return state.kind === 'waiting' ? { ...state, untilMs: nowMs } : state;
}

function live(nowMs: number, nextPollAfterMs: number, intervalMs: number): ConnectionStep {
  const delayMs = nextPollAfterMs === 0 ? 0 : Math.max(intervalMs, nextPollAfterMs);
  return {
    state: { kind: 'live', via: 'polling' },
    command: delayMs === 0 ? { kind: 'ask' } : { kind: 'wake-at', atMs: nowMs + delayMs },
  };
}

function wait(
  state: ConnectionState,
  failure: { reason: FailureReason; retryAfterMs?: number },
  nowMs: number,
  random: number,
): ConnectionStep {
  const attempt = state.kind === 'waiting' ? state.attempt + 1 : 1;
  const askedForMs = Math.min(failure.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
  const untilMs = nowMs + Math.max(retryDelayMs(attempt, random), askedForMs);
  const sinceMs = state.kind === 'waiting' ? state.sinceMs : nowMs;
  return {
    state: { kind: 'waiting', attempt, untilMs, sinceMs, reason: failure.reason },
    command: { kind: 'wake-at', atMs: untilMs },
  };
}
