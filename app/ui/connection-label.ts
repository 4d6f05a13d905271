import { type ConnectionState, OFFLINE_AFTER_MS } from '#core/live/connection.ts';
import type { FailureReason } from '#core/live/failure.ts';
import type { Moment } from './clock.ts';
import type { TimeFormat } from './time-format.ts';

type BadgeState = 'connecting' | 'streaming' | 'polling' | 'waiting' | 'offline' | 'paused';

/** The connection in words. Only `headline` and `reason` are for saying aloud. */
export interface ConnectionLabel {
  readonly state: BadgeState;
  readonly headline: string;
  /** What changes every second; null: nothing is being waited for. */
  readonly countdown: string | null;
  /** What stands between the two when they share a line. */
  readonly separator: ' ' | ' · ';
  /** Why the last try failed; null: it did not. */
  readonly reason: string | null;
}

const REASONS: Record<FailureReason, string> = {
  unreachable: 'server unreachable',
  timeout: 'server does not answer',
  'not the Burnrate server': 'not the Burnrate server',
  'server error': 'server error',
  'malformed reply': 'malformed reply',
};

/** @param steadyMs now, on the clock of `ConnectionState` */
export function isOffline(connection: ConnectionState, steadyMs: number): boolean {
  return connection.kind === 'waiting' && steadyMs - connection.sinceMs >= OFFLINE_AFTER_MS;
}

/** @param isSilent the server is heard, and nothing is being used */
export function connectionLabel(
  connection: ConnectionState,
  now: Moment,
  isSilent: boolean,
  format: TimeFormat,
): ConnectionLabel {
  switch (connection.kind) {
    case 'connecting':
      return quiet('connecting', 'Connecting');
    case 'live':
      return quiet(
        connection.via,
        isSilent ? `The feed is silent · ${connection.via}` : `Live · ${connection.via}`,
      );
    case 'paused':
      return quiet('paused', 'Paused');
    case 'waiting':
      return waiting(connection, now, format);
  }
}

function quiet(state: BadgeState, headline: string): ConnectionLabel {
  return { state, headline, countdown: null, separator: ' ', reason: null };
}

function waiting(
  connection: Extract<ConnectionState, { kind: 'waiting' }>,
  now: Moment,
  { formatMinute, formatOtherDay }: TimeFormat,
): ConnectionLabel {
  const reason = REASONS[connection.reason];
  const seconds = Math.ceil((connection.untilMs - now.steadyMs) / 1_000);
  const attempt = `(attempt ${connection.attempt})`;
  const isTrying = seconds <= 0;
  if (!isOffline(connection, now.steadyMs)) {
    return {
      state: 'waiting',
      headline: 'Reconnecting',
      countdown: isTrying ? `trying now ${attempt}` : `in ${seconds} s ${attempt}`,
      separator: isTrying ? ' · ' : ' ',
      reason,
    };
  }
  const sinceMs = now.wallMs - (now.steadyMs - connection.sinceMs);
  return {
    state: 'offline',
    headline: `Offline since ${formatOtherDay(sinceMs, now.wallMs)}${formatMinute(sinceMs)}`,
    countdown: isTrying ? `trying now ${attempt}` : `next try in ${seconds} s ${attempt}`,
    separator: ' · ',
    reason,
  };
}
