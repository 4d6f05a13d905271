import { describe, expect, it } from 'vitest';
import { ownZoneName, timeFormatOf } from './time-format.ts';

const AT_MS = new Date(2026, 2, 3, 14, 3, 25).getTime();
const { formatMinute, formatOtherDay, formatTime, formatWindow } = timeFormatOf(null);

describe('times', () => {
  it('tells the time in 24 hours', () => {
    expect(formatTime(AT_MS)).toBe('14:03:25');
    expect(formatMinute(AT_MS)).toBe('14:03');
    expect(formatTime(new Date(2026, 2, 3, 0, 0, 7).getTime())).toBe('00:00:07');
  });

  it('names the day only when it is another one', () => {
    expect(formatOtherDay(AT_MS, new Date(2026, 2, 3, 23, 59).getTime())).toBe('');
    expect(formatOtherDay(AT_MS, new Date(2026, 2, 4, 0, 1).getTime())).toBe('3 Mar ');
  });

  it('U11 names a window by its length, or by what of it is known', () => {
    expect(formatWindow(60_000, 60_000, null)).toBe('the last 60 s');
    expect(formatWindow(60_000, 35_000, null)).toBe('the 35 s known of the last 60 s');
    const endMs = new Date(2026, 2, 3, 14, 3).getTime();
    expect(formatWindow(3_600_000, 3_600_000, endMs)).toBe('the 1 h to 14:03');
    expect(formatWindow(3_600_000, 35_000, endMs)).toBe('the 35 s known of the 1 h to 14:03');
  });

  it('N24 are told in the zone that is asked for', () => {
    const atMs = Date.UTC(2026, 10, 21, 23, 4, 5);
    const told = (zone: string | null) => {
      const format = timeFormatOf(zone);
      const names = [
        format.formatTime,
        format.formatMinute,
        format.formatWeekday,
        format.formatDay,
      ];
      return names.map((one) => one(atMs)).join(', ');
    };
    expect(told('UTC')).toBe('23:04:05, 23:04, Sat, 21 Nov');
    expect(told('Europe/Berlin')).toBe('00:04:05, 00:04, Sun, 22 Nov');
    expect(told('Asia/Kathmandu')).toBe('04:49:05, 04:49, Sun, 22 Nov');
    expect(told(null)).toBe(told(ownZoneName()));
    expect(told('Mars/Olympus')).toBe(told('UTC'));
  });

  it('N24 name the day, and the year, as they are there', () => {
    const atMs = Date.UTC(2026, 0, 1, 3);
    const berlin = timeFormatOf('Europe/Berlin');
    const newYork = timeFormatOf('America/New_York');
    expect(berlin.formatOtherDay(atMs, Date.UTC(2026, 0, 1, 20))).toBe('');
    expect(newYork.formatOtherDay(atMs, Date.UTC(2026, 0, 1, 20))).toBe('31 Dec 2025 ');
    expect(newYork.formatOtherDay(atMs, atMs)).toBe('');
    expect(berlin.formatWindow(3_600_000, 3_600_000, atMs)).toBe('the 1 h to 04:00');
  });
});
