import { DAY_MS, instantOf, wallAt, type Zone } from '#core/time/zone.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MORNING_MS = 9 * HOUR_MS;

/** How long an incident may be left alone. */
export interface SnoozeTime {
  readonly words: string;
  /** Epoch ms. */
  readonly untilMs: number;
}

/** @param nowMs server time, epoch ms */
export function snoozeTimes(zone: Zone, nowMs: number): readonly SnoozeTime[] {
  const wallMs = wallAt(zone, nowMs);
  const tomorrowMs = Math.floor(wallMs / DAY_MS) * DAY_MS + DAY_MS;
  return [
    { words: '15 min', untilMs: nowMs + 15 * MINUTE_MS },
    { words: '1 h', untilMs: nowMs + HOUR_MS },
    { words: 'until tomorrow 9:00', untilMs: instantOf(zone, tomorrowMs + MORNING_MS) },
  ];
}
