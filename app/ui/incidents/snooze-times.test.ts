import { describe, expect, it } from 'vitest';
import { zoneNamed } from '#core/time/zone.ts';
import { snoozeTimes } from './snooze-times.ts';

const untilOf = (zone: string, nowMs: number) => {
  const found = zoneNamed(zone);
  if (!found) throw new Error(`no zone ${zone}`);
  return snoozeTimes(found, nowMs).map(({ untilMs }) => new Date(untilMs).toISOString());
};

describe('a snooze', () => {
  it('U116 lasts a quarter of an hour, an hour, or until nine of the next day where one is', () => {
    const nowMs = Date.UTC(2026, 10, 21, 22, 30);
    expect(untilOf('UTC', nowMs)).toEqual([
      '2026-11-21T22:45:00.000Z',
      '2026-11-21T23:30:00.000Z',
      '2026-11-22T09:00:00.000Z',
    ]);
    // There it is the 22nd already.
    expect(untilOf('Asia/Tokyo', nowMs)[2]).toBe('2026-11-23T00:00:00.000Z');
    // Clocks are set back in the night between.
    expect(untilOf('Europe/Berlin', Date.UTC(2026, 9, 24, 20))[2]).toBe('2026-10-25T08:00:00.000Z');
  });
});
