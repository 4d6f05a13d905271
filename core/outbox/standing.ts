import type { Ack, AckRequest } from '../wire/anomalies.ts';
import type { OutboxRow } from './outbox.ts';

/** How an incident stands for the user: what the server has, and over it what the user has decided since. */
export interface Standing {
  readonly state: AckRequest['state'];
  /** End of a snooze, epoch ms; null: it is not snoozed. */
  readonly untilMs: number | null;
  readonly note: string;
  /** Who decided; empty: nobody, or somebody without a name. */
  readonly who: string;
  /** When it was decided, epoch ms; null: nobody has. */
  readonly atMs: number | null;
  /** Decided here, and not confirmed by the server yet. */
  readonly isPending: boolean;
}

const UNDECIDED: Standing = {
  state: 'open',
  untilMs: null,
  note: '',
  who: '',
  atMs: null,
  isPending: false,
};

/**
 * @param ack what counts on the server; undefined: nothing was decided
 * @param pending of this incident, in their order
 * @param nowMs server time, epoch ms: a snooze that is over leaves the incident open
 */
export function standingOf(
  ack: Ack | undefined,
  pending: readonly OutboxRow[],
  nowMs: number,
): Standing {
  const last = pending.at(-1);
  if (last) return standing(last.request, last.madeAtMs, true, nowMs);
  return ack ? standing(ack, ack.atMs, false, nowMs) : UNDECIDED;
}

function standing(decided: AckRequest, atMs: number, isPending: boolean, nowMs: number): Standing {
  const { note, who } = decided;
  const untilMs = decided.state === 'snoozed' ? decided.untilMs : null;
  const isOver = untilMs !== null && untilMs <= nowMs;
  return {
    state: isOver ? 'open' : decided.state,
    untilMs: isOver ? null : untilMs,
    note,
    who,
    atMs,
    isPending,
  };
}
