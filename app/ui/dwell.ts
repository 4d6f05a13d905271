import type { ConnectionState } from '#core/live/connection.ts';

/** A state that lasted less is not worth a change of the badge, ms. */
const LEAST_MS = 1_500;

export interface Dwell {
  /** What is shown. */
  readonly shown: ConnectionState;
  /** Since when the connection differs in kind from what is shown, ms; null: it does not. */
  readonly differsSinceMs: number | null;
}

/**
 * What to show of a connection so that nothing flickers: a short trouble after good times, and the words of
 * connecting again, are passed over; what the user did and what has become better shows at once.
 * @param nowMs the clock of `ConnectionState`
 */
export function dwell(before: Dwell, connection: ConnectionState, nowMs: number): Dwell {
  const { shown, differsSinceMs } = before;
  const isWorse = shown.kind === 'live' && ['connecting', 'waiting'].includes(connection.kind);
  if (!isWorse) return { shown: connection, differsSinceMs: null };
  const sinceMs = differsSinceMs ?? nowMs;
  if (nowMs - sinceMs >= LEAST_MS) return { shown: connection, differsSinceMs: null };
  return { shown, differsSinceMs: sinceMs };
}
