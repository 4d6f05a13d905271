import { describe, expect, it } from 'vitest';
import { hourOfDay, isWeekend, localHourOf } from './local-hour.ts';
import { Profile } from './profile.ts';

const at = (iso: string, offset = 0) => localHourOf(Date.parse(iso), offset);

function watch(profile: Profile, localHour: number, ...values: readonly number[]): void {
  profile.moveTo(localHour);
  for (const value of values) profile.add(value);
}

describe('local hours', () => {
  it('X5 are those of the clock on the wall', () => {
    // 21 November 2026 is a Saturday.
    expect(hourOfDay(at('2026-11-21T13:59:59Z'))).toBe(13);
    expect(hourOfDay(at('2026-11-21T13:30:00Z', 330))).toBe(19);
    expect(isWeekend(at('2026-11-20T23:59:59Z'))).toBe(false);
    expect(isWeekend(at('2026-11-20T23:59:59Z', 60))).toBe(true);
    expect(isWeekend(at('2026-11-22T23:59:59Z'))).toBe(true);
    expect(isWeekend(at('2026-11-23T00:00:00Z'))).toBe(false);
    expect(hourOfDay(at('1969-12-31T23:00:00Z'))).toBe(23);
  });
});

describe('profile', () => {
  it('X5 learns an hour when it has ended', () => {
    const profile = new Profile();
    const monday = at('2026-11-16T10:00:00Z');
    watch(profile, monday, 2, 4);
    expect(profile.usualAt(monday + 24)).toBeUndefined();
    profile.moveTo(monday + 1);
    expect(profile.usualAt(monday + 24)).toBe(3);
    expect(profile.usualAt(monday + 25)).toBeUndefined();
  });

  it('X5 keeps weekdays and weekends apart, and helps itself out with the other', () => {
    const profile = new Profile();
    const friday = at('2026-11-20T10:00:00Z');
    watch(profile, friday, 10);
    profile.moveTo(friday + 1);
    expect(profile.usualAt(friday + 24)).toBe(10);
    watch(profile, friday + 24, 2);
    profile.moveTo(friday + 25);
    expect(profile.usualAt(friday + 48)).toBe(2);
    expect(profile.usualAt(friday + 72)).toBe(10);
  });

  it('X5 takes the mean of the first days, then follows at 15 % a day', () => {
    const profile = new Profile();
    const monday = at('2026-11-16T10:00:00Z');
    // Weekdays only: Monday to Friday of two weeks.
    const days = [0, 1, 2, 3, 4, 7, 8, 9].map((day) => monday + 24 * day);
    const seen = days.map((hour, i) => {
      watch(profile, hour, i);
      profile.moveTo(hour + 1);
      return profile.usualAt(monday);
    });
    expect(seen.slice(0, 6)).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(seen[6]).toBeCloseTo(2.5 + 0.15 * 3.5, 9);
    expect(seen[7]).toBeCloseTo(3.025 + 0.15 * (7 - 3.025), 9);
  });
});
