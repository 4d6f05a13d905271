import { describe, expect, it } from 'vitest';
import { aheadOf, type Playback, playheadAt, scrubSpan, withSpeed } from './playback.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON_MS = Date.UTC(2026, 10, 20, 12);

const time = (atMs: number) => new Date(atMs).toISOString().slice(5, 19);

describe('playback', () => {
  it('N9 moves as many times faster as was chosen, and goes on from there when that changes', () => {
    const log: string[] = [];
    let playback: Playback = { speed: 60, fromMs: NOON_MS, sinceMs: 1_000 };
    const note = (steadyMs: number) =>
      log.push(`${steadyMs} ${time(playheadAt(playback, steadyMs))}`);
    note(1_000);
    note(2_500);
    playback = withSpeed(playback, 600, 2_500);
    note(2_500);
    note(3_500);
    playback = withSpeed(playback, 1, 3_500);
    note(63_500);
    expect(log).toEqual([
      '1000 11-20T12:00:00',
      '2500 11-20T12:01:30',
      '2500 11-20T12:01:30',
      '3500 11-20T12:11:30',
      '63500 11-20T12:12:30',
    ]);
  });

  it('N9 plays a day at 600 times its speed in 144 s', () => {
    const playback: Playback = { speed: 600, fromMs: NOON_MS, sinceMs: 0 };
    expect(playheadAt(playback, 144_000) - NOON_MS).toBe(DAY_MS);
  });

  it('N9 never runs backwards, though a clock was read a moment too early', () => {
    expect(playheadAt({ speed: 600, fromMs: NOON_MS, sinceMs: 1_000 }, 999)).toBe(NOON_MS);
  });

  it('N13 reads as far ahead as ten seconds will play', () => {
    expect(aheadOf(null)).toBe(0);
    expect(aheadOf({ speed: 600, fromMs: NOON_MS, sinceMs: 0 })).toBe(100 * 60_000);
  });
});

describe('the scrub bar', () => {
  const lengthOf = (spanMs: number) => {
    const { fromMs, toMs } = scrubSpan({ spanMs, endMs: null }, NOON_MS);
    return (toMs - fromMs) / DAY_MS;
  };
  const spanOf = (spanMs: number, backMs: number | null) => {
    const endMs = backMs === null ? null : NOON_MS - backMs;
    const { fromMs, toMs } = scrubSpan({ spanMs, endMs }, NOON_MS);
    return `${time(fromMs)} ${time(toMs)}`;
  };

  it('N10 goes over the last day, or over as much as four windows need', () => {
    expect(spanOf(300_000, null)).toBe('11-19T12:00:00 11-20T12:00:00');
    const spans = [HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 399 * DAY_MS];
    expect(spans.map(lengthOf)).toEqual([1, 1, 7, 30, 400, 400]);
  });

  it('N10 stands still while the playhead is in its newer half, and has room around one before that', () => {
    expect(spanOf(HOUR_MS, 12 * HOUR_MS)).toBe('11-19T12:00:00 11-20T12:00:00');
    expect(spanOf(HOUR_MS, 13 * HOUR_MS)).toBe('11-19T00:00:00 11-20T00:00:00');
    expect(spanOf(HOUR_MS, 30 * HOUR_MS)).toBe('11-18T12:00:00 11-19T12:00:00');
  });

  it('N10 always has the playhead in it', () => {
    for (let backMs = 0; backMs < 10 * DAY_MS; backMs += 1_234_567) {
      const endMs = NOON_MS - backMs;
      const { fromMs, toMs } = scrubSpan({ spanMs: HOUR_MS, endMs }, NOON_MS);
      expect(fromMs).toBeLessThan(endMs);
      expect(toMs).toBeGreaterThanOrEqual(endMs);
    }
  });

  it('N10 moves on by steps only', () => {
    const toMs = (edgeMs: number) => scrubSpan({ spanMs: HOUR_MS, endMs: null }, edgeMs).toMs;
    expect(toMs(NOON_MS + 1)).toBe(NOON_MS + 300_000);
    expect(toMs(NOON_MS + 299_999)).toBe(NOON_MS + 300_000);
  });
});
