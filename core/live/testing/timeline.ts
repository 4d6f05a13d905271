import {
  type ConnectionSignal,
  type ConnectionState,
  stepConnection,
  UNCONNECTED,
} from '../connection.ts';
import type { TransportChoice } from '../settings.ts';

const INTERVAL_MS = 2_000;

export type Events = readonly [atMs: number, signal: ConnectionSignal][];

interface Options {
  readonly random?: number;
  readonly transport?: TransportChoice;
}

/** Drives the machine through `events` (at a time, a signal) and logs what it wants and becomes. */
export function timeline(events: Events, { random = 0.5, transport = 'polling' }: Options = {}) {
  let connection = UNCONNECTED;
  let wakeAtMs: number | null = null;
  const log: string[] = [];
  const feed = (nowMs: number, signal: ConnectionSignal) => {
    const context = { nowMs, random, intervalMs: INTERVAL_MS, transport };
    const step = stepConnection(connection, signal, context);
    connection = step.connection;
    if (step.command) wakeAtMs = null;
    if (step.command?.kind === 'wake-at') wakeAtMs = step.command.atMs;
    log.push(`${nowMs} ${signal.kind} -> ${nameOf(connection.state)}${commandOf(step.command)}`);
  };
  for (const [atMs, signal] of events) {
    while (wakeAtMs !== null && wakeAtMs <= atMs) feed(wakeAtMs, { kind: 'wake' });
    feed(atMs, signal);
  }
  return log;
}

function nameOf(state: ConnectionState): string {
  if (state.kind === 'live') return state.via;
  if (state.kind === 'paused') return `paused by ${state.by}`;
  return state.kind === 'waiting' ? `waiting ${state.attempt} since ${state.sinceMs}` : state.kind;
}

function commandOf(command: ReturnType<typeof stepConnection>['command']): string {
  if (!command) return '';
  return command.kind === 'wake-at' ? `, wake at ${command.atMs}` : `, ${command.kind}`;
}

export const reply = (nextPollAfterMs: number): ConnectionSignal => ({
  kind: 'reply',
  nextPollAfterMs,
});

export const failure = (reason: 'unreachable' | 'timeout' = 'unreachable'): ConnectionSignal => ({
  kind: 'failure',
  reason,
});
