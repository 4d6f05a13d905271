import { waitAfter } from '../live/connection.ts';
import type { OutboxRow } from './outbox.ts';
import type { FinalVerdict, Verdict } from './verdict.ts';

/** What the outbox is doing; each state has only its own data. `failures` counts those in a row. */
export type OutboxState =
  /** Nothing is to be sent, as far as is known. */
  | { readonly kind: 'idle' }
  /** The first decision is being read. */
  | {
      readonly kind: 'looking';
      readonly failures: number;
      /** There may be more by now than what is being read. */
      readonly isStale: boolean;
    }
  | {
      readonly kind: 'sending';
      readonly row: OutboxRow;
      readonly failures: number;
      /** The server came back meanwhile: what was sent may have gone into a dead connection. */
      readonly isHinted: boolean;
    }
  /** What came of it is being written down. */
  | { readonly kind: 'settling'; readonly row: OutboxRow; readonly failures: number }
  | { readonly kind: 'waiting'; readonly failures: number; readonly untilMs: number };

export type OutboxSignal =
  /** Decisions may have been made. */
  | { readonly kind: 'changed' }
  /** The first decision that is not confirmed; null: there is none. */
  | { readonly kind: 'head'; readonly row: OutboxRow | null }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** It is written down, or what was sent has to be sent anew. */
  | { readonly kind: 'settled' }
  /** What is stored could not be read or written. */
  | { readonly kind: 'storage-failure' }
  /** The wake-up that was asked for. */
  | { readonly kind: 'wake' }
  /** A hint that trying again is worth it: the server is heard again, or the user is impatient. */
  | { readonly kind: 'retry-now' };

export type OutboxCommand =
  | { readonly kind: 'look' }
  | { readonly kind: 'send'; readonly row: OutboxRow }
  | { readonly kind: 'settle'; readonly row: OutboxRow; readonly verdict: FinalVerdict }
  | { readonly kind: 'wake-at'; readonly atMs: number };

export interface OutboxStep {
  readonly state: OutboxState;
  readonly command: OutboxCommand | null;
}

export interface OutboxContext {
  /** Epoch ms of a clock that never goes back. */
  readonly nowMs: number;
  /** Uniform in [0, 1), for the backoff only. */
  readonly random: number;
}

/**
 * Every transition of the outbox. One decision is under way at a time and the first one goes first, so that what the
 * user decided last also arrives last. Nothing is left out: an `acknowledged` that was taken back is told as both.
 */
export function stepOutbox(
  state: OutboxState,
  signal: OutboxSignal,
  context: OutboxContext,
): OutboxStep {
  switch (state.kind) {
    case 'idle':
      return isOneOf(signal, ['changed', 'retry-now']) ? look(0) : { state, command: null };
    case 'looking':
      return stepLooking(state, signal, context);
    case 'sending':
      return stepSending(state, signal, context);
    case 'settling':
      if (signal.kind === 'settled') return look(0);
      return signal.kind === 'storage-failure'
        ? wait(state.failures, 0, context)
        : { state, command: null };
    case 'waiting':
      // A new decision does not hurry a server that is not there, and must not overtake those before it.
      return isOneOf(signal, ['wake', 'retry-now'])
        ? look(state.failures)
        : { state, command: null };
  }
}

type StateOf<K extends OutboxState['kind']> = Extract<OutboxState, { kind: K }>;

function stepLooking(
  state: StateOf<'looking'>,
  signal: OutboxSignal,
  context: OutboxContext,
): OutboxStep {
  const { failures, isStale } = state;
  if (signal.kind === 'changed') return { state: { ...state, isStale: true }, command: null };
  if (signal.kind === 'storage-failure') return wait(failures, 0, context);
  if (signal.kind !== 'head') return { state, command: null };
  const { row } = signal;
  if (row) {
    const sending = { kind: 'sending', row, failures, isHinted: false } as const;
    return { state: sending, command: { kind: 'send', row } };
  }
  return isStale ? look(failures) : { state: { kind: 'idle' }, command: null };
}

function stepSending(
  state: StateOf<'sending'>,
  signal: OutboxSignal,
  context: OutboxContext,
): OutboxStep {
  const { row, failures, isHinted } = state;
  if (signal.kind === 'retry-now') return { state: { ...state, isHinted: true }, command: null };
  if (signal.kind !== 'verdict') return { state, command: null };
  const { verdict } = signal;
  if (verdict.kind !== 'retry') {
    return {
      state: { kind: 'settling', row, failures },
      command: { kind: 'settle', row, verdict },
    };
  }
  return isHinted ? look(failures) : wait(failures, verdict.retryAfterMs, context);
}

function isOneOf(signal: OutboxSignal, kinds: readonly OutboxSignal['kind'][]): boolean {
  return kinds.includes(signal.kind);
}

function look(failures: number): OutboxStep {
  return { state: { kind: 'looking', failures, isStale: false }, command: { kind: 'look' } };
}

function wait(before: number, retryAfterMs: number, { nowMs, random }: OutboxContext): OutboxStep {
  const failures = before + 1;
  const untilMs = nowMs + waitAfter({ retryAfterMs }, failures, random);
  return {
    state: { kind: 'waiting', failures, untilMs },
    command: { kind: 'wake-at', atMs: untilMs },
  };
}
