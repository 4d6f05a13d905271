import { describe, expect, it } from 'vitest';
import type { ConnectionState } from '#core/live/connection.ts';
import { connectionLabel } from './connection-label.ts';
import { timeFormatOf } from './time-format.ts';

const FORMAT = timeFormatOf(null);

const NOW = { wallMs: new Date(2026, 2, 3, 14, 15).getTime(), steadyMs: 5_000_000 };

function labelOf(connection: ConnectionState): string {
  const { state, headline, countdown, separator, reason } = connectionLabel(
    connection,
    NOW,
    false,
    FORMAT,
  );
  const text = countdown === null ? headline : `${headline}${separator}${countdown}`;
  return `${state}: ${text}${reason === null ? '' : ` — ${reason}`}`;
}

function aWait(inMs: number, agoMs: number, attempt: number): ConnectionState {
  return {
    kind: 'waiting',
    attempt,
    untilMs: NOW.steadyMs + inMs,
    sinceMs: NOW.steadyMs - agoMs,
    reason: 'unreachable',
  };
}

describe('the label of the connection', () => {
  it('U8 names the states that need no waiting', () => {
    expect(labelOf({ kind: 'connecting' })).toBe('connecting: Connecting');
    expect(labelOf({ kind: 'live', via: 'polling' })).toBe('polling: Live · polling');
    expect(labelOf({ kind: 'live', via: 'streaming' })).toBe('streaming: Live · streaming');
    expect(labelOf({ kind: 'paused', by: 'user' })).toBe('paused: Paused');
  });

  it('U8 counts down to the next try and says which one it is and why', () => {
    expect(labelOf(aWait(3_001, 8_000, 3))).toBe(
      'waiting: Reconnecting in 4 s (attempt 3) — server unreachable',
    );
  });

  it('U8 says that it is trying once the wait is over', () => {
    expect(labelOf(aWait(0, 8_000, 3))).toBe(
      'waiting: Reconnecting · trying now (attempt 3) — server unreachable',
    );
    expect(labelOf(aWait(-900, 12 * 60_000, 7))).toBe(
      'offline: Offline since 14:03 · trying now (attempt 7) — server unreachable',
    );
  });

  it('U8 calls a wait of 30 s offline, and says since when', () => {
    expect(connectionLabel(aWait(4_000, 29_999, 5), NOW, false, FORMAT).state).toBe('waiting');
    expect(connectionLabel(aWait(4_000, 30_000, 5), NOW, false, FORMAT).state).toBe('offline');
    expect(labelOf(aWait(12_000, 12 * 60_000, 7))).toBe(
      'offline: Offline since 14:03 · next try in 12 s (attempt 7) — server unreachable',
    );
  });

  it('U8 names the day when it has been offline since another one', () => {
    expect(connectionLabel(aWait(4_000, 24 * 3_600_000, 90), NOW, false, FORMAT).headline).toBe(
      'Offline since 2 Mar 14:15',
    );
  });

  it('U9 keeps what is said aloud the same while the seconds pass', () => {
    const later = { wallMs: NOW.wallMs + 1_000, steadyMs: NOW.steadyMs + 1_000 };
    for (const agoMs of [8_000, 12 * 60_000]) {
      const before = connectionLabel(aWait(9_000, agoMs, 3), NOW, false, FORMAT);
      const after = connectionLabel(aWait(9_000, agoMs, 3), later, false, FORMAT);
      expect(after.countdown).not.toBe(before.countdown);
      expect([after.headline, after.reason]).toEqual([before.headline, before.reason]);
    }
  });
});
