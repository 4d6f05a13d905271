import { describe, expect, it } from 'vitest';
import type { ConnectionState } from '#core/live/connection.ts';
import { type Dwell, dwell } from './dwell.ts';

const STREAMING: ConnectionState = { kind: 'live', via: 'streaming' };
const POLLING: ConnectionState = { kind: 'live', via: 'polling' };
const CONNECTING: ConnectionState = { kind: 'connecting' };
const PAUSED: ConnectionState = { kind: 'paused', by: 'user' };
const WAITING: ConnectionState = {
  kind: 'waiting',
  attempt: 1,
  untilMs: 0,
  sinceMs: 0,
  reason: 'unreachable',
};

/** What is shown at each instant, when the connection is what it is then. */
function timeline(events: readonly [atMs: number, connection: ConnectionState][]): string[] {
  let state: Dwell = { shown: STREAMING, differsSinceMs: null };
  return events.map(([atMs, connection]) => {
    state = dwell(state, connection, atMs);
    const { shown } = state;
    return `${atMs} ${shown.kind === 'live' ? shown.via : shown.kind}`;
  });
}

describe('what the badge dwells on', () => {
  it('U79 passes over a trouble that is short', () => {
    expect(
      timeline([
        [0, STREAMING],
        [100, WAITING],
        [900, WAITING],
        [1_000, STREAMING],
        [1_100, CONNECTING],
        [2_000, STREAMING],
      ]),
    ).toEqual([
      '0 streaming',
      '100 streaming',
      '900 streaming',
      '1000 streaming',
      '1100 streaming',
      '2000 streaming',
    ]);
  });

  it('U79 shows a trouble that lasts, and its end at once', () => {
    expect(
      timeline([
        [100, WAITING],
        [1_599, WAITING],
        [1_600, WAITING],
        [1_700, WAITING],
        [1_800, POLLING],
      ]),
    ).toEqual(['100 streaming', '1599 streaming', '1600 waiting', '1700 waiting', '1800 polling']);
  });

  it('U79 shows at once what the user did, and another way of being live', () => {
    expect(
      timeline([
        [10, PAUSED],
        [20, CONNECTING],
        [30, POLLING],
        [40, STREAMING],
      ]),
    ).toEqual(['10 paused', '20 connecting', '30 polling', '40 streaming']);
  });
});
