import { type Interval } from '../time/intervals.ts';
import { ceilTo } from '../time/resolution.ts';
import type { TimeRange } from './window.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** How many times faster than it happened. */
export const SPEEDS = [1, 10, 60, 300, 600] as const;

export type Speed = (typeof SPEEDS)[number];

/** An hour in a minute. */
export const DEFAULT_SPEED: Speed = 60;

/** The past being played: where the playhead was at one moment, and how fast it has moved since. */
export interface Playback {
  readonly speed: Speed;
  /** Where the playhead was, epoch ms. */
  readonly fromMs: number;
  /** When that was, on a clock that never jumps, ms. */
  readonly sinceMs: number;
}

/** Where the playhead is now, epoch ms. @param steadyMs the clock of `sinceMs` */
export function playheadAt({ speed, fromMs, sinceMs }: Playback, steadyMs: number): number {
  return fromMs + speed * Math.max(0, steadyMs - sinceMs);
}

/** The same playhead, at another speed from now on. */
export function withSpeed(playback: Playback, speed: Speed, steadyMs: number): Playback {
  return { speed, fromMs: playheadAt(playback, steadyMs), sinceMs: steadyMs };
}

/** The past played from the end of a range on; null: it stands still. */
export function playbackFrom(
  { endMs }: TimeRange,
  speed: Speed | null,
  steadyMs: number,
): Playback | null {
  return speed === null || endMs === null ? null : { speed, fromMs: endMs, sinceMs: steadyMs };
}

/** What is read ahead of the playhead: what will be played in so much real time. */
const AHEAD_MS = 10_000;

/** How much of what follows will be played within seconds, ms of the past. */
export function aheadOf(playback: Playback | null): number {
  return playback === null ? 0 : playback.speed * AHEAD_MS;
}

/** Lengths that a scrub bar has: at least so many windows are in it. */
const FEWEST_WINDOWS = 4;
const SCRUB_SPANS_MS = [DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 90 * DAY_MS, 400 * DAY_MS];
/** It moves on by this share of its length at a time, so that it stands still while one looks. */
const STEPS = 288;

/**
 * The stretch that a scrub bar goes over: up to the newest, or around a playhead that lies further back.
 * @param edgeMs the newest instant that there is, epoch ms
 */
export function scrubSpan({ spanMs, endMs }: TimeRange, edgeMs: number): Interval {
  const longest = 400 * DAY_MS;
  const lengthMs = SCRUB_SPANS_MS.find((one) => one >= FEWEST_WINDOWS * spanMs) ?? longest;
  const newestMs = ceilTo(edgeMs, lengthMs / STEPS);
  const half = lengthMs / 2;
  const backMs = Math.max(0, newestMs - (endMs ?? newestMs));
  // A playhead in the older half of it, and whatever is before, gets as much room on both sides.
  const halves = Math.max(0, Math.ceil(backMs / half) - 1);
  const toMs = newestMs - halves * half;
  return { fromMs: toMs - lengthMs, toMs };
}
