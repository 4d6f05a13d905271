import { describe, expect, it } from 'vitest';
import { awakeMinutesOf, isAwake, isAwakeAll, loadAt } from './load.ts';
import { profilesOf } from './profiles.ts';
import { CounterRandom } from './random.ts';

const random = new CounterRandom(1);
const { profiles } = profilesOf(random, 100, 7);
/** Monday 16 November 2026, 00:00 UTC, in hours since the epoch. */
const MONDAY = Date.UTC(2026, 10, 16) / 3_600_000;
const HOURS = 14 * 24;

function hoursOfTwoWeeks(): number[] {
  return Array.from({ length: HOURS }, (_, hour) => MONDAY + hour);
}

describe('load of a customer', () => {
  it('F8 is highest in the afternoon of its own time zone, and lower at weekends', () => {
    for (const profile of profiles.slice(0, 14)) {
      const meanAt = (isWanted: (hourOfDay: number, weekday: number) => boolean) => {
        const loads = hoursOfTwoWeeks()
          .filter((hour) => {
            const local = hour + profile.utcOffsetMinutes / 60;
            return isWanted(local % 24, Math.floor((local - MONDAY) / 24 + 7) % 7);
          })
          .map((hour) => loadAt(random, profile, hour));
        return loads.reduce((sum, load) => sum + load, 0) / loads.length;
      };
      const afternoon = meanAt((hour, day) => hour >= 12 && hour < 16 && day < 5);
      const night = meanAt((hour, day) => hour < 4 && day < 5);
      const weekend = meanAt((hour, day) => hour >= 12 && hour < 16 && day >= 5);
      expect(night).toBeLessThan(0.5 * afternoon);
      expect(night).toBeGreaterThan(0.1 * afternoon);
      expect(weekend).toBeLessThan(0.8 * afternoon);
    }
  });
});

describe('sleep of a customer', () => {
  it('F8 is said of an hour as of each of its minutes', () => {
    const sleepers = profiles.filter((profile) => profile.habit !== 'never-sleeps').slice(0, 8);
    expect(sleepers).toHaveLength(8);
    for (const profile of sleepers) {
      for (const hour of hoursOfTwoWeeks()) {
        const { from, to } = awakeMinutesOf(random, profile, hour);
        const minutes = Array.from({ length: 60 }, (_, minute) => minute);
        const awake = minutes.filter((minute) => isAwake(random, profile, hour * 60 + minute));
        expect(awake).toEqual(minutes.slice(from, to));
        expect(isAwakeAll(random, profile, hour * 60, hour * 60 + 60)).toBe(awake.length === 60);
      }
    }
  });

  it('F8 comes at night, at weekends or for whole days, by habit', () => {
    const awakeHours = (habit: string) =>
      profiles
        .filter((profile) => profile.habit === habit)
        .map(
          (profile) =>
            hoursOfTwoWeeks().filter((hour) => isAwake(random, profile, hour * 60)).length / HOURS,
        );
    expect(Math.min(...awakeHours('never-sleeps'))).toBeLessThan(1);
    expect(Math.max(...awakeHours('never-sleeps'))).toBe(1);
    expect(Math.max(...awakeHours('sleeps-at-night'))).toBeLessThan(0.7);
    expect(Math.max(...awakeHours('sleeps-at-night-and-weekends'))).toBeLessThan(0.5);
    expect(Math.min(...awakeHours('sleeps-at-night-and-weekends'))).toBeGreaterThan(0.3);
  });
});
