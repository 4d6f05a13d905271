import { describe, expect, it } from 'vitest';
import { MIN_SHARE, profilesOf } from './profiles.ts';
import { CounterRandom } from './random.ts';
import { Turns } from './turns.ts';

const MINUTE = 29_000_000;
const random = new CounterRandom(1);
const { profiles } = profilesOf(random, 300, 7);

function turnsOf(turns: Turns, minute: number, use: (typeof profiles)[0]['uses'][0]): number[] {
  const counts = new Float64Array(turns.ticksPerMinute);
  turns.count(use, { minute, firstTick: 0, ticksPerPart: 1 }, counts);
  return [...counts];
}

describe('turns of the models of a customer', () => {
  it('F5 each tick is the turn of exactly one of them', () => {
    const turns = new Turns(random, profiles, 1_000);
    for (const { uses } of profiles) {
      const owners = uses.map((use) => turnsOf(turns, MINUTE, use));
      for (let tick = 0; tick < turns.ticksPerMinute; tick++)
        expect(owners.reduce((sum, turn) => sum + (turn[tick] ?? 0), 0)).toBe(1);
    }
  });

  it.each([50, 200, 1_000, 2_500, 5_000])(
    'F5 are by share, in every minute as many, and never none, at ticks of %i ms',
    (tickMs) => {
      const turns = new Turns(random, profiles, tickMs);
      for (const use of profiles.flatMap((profile) => profile.uses)) {
        const count = turns.inMinute(use);
        expect(use.share).toBeGreaterThanOrEqual(MIN_SHARE);
        expect(count).toBeGreaterThan(0);
        expect(Math.abs(count - use.share * turns.ticksPerMinute)).toBeLessThan(3);
        for (const minute of [MINUTE, MINUTE + 1, MINUTE + 777])
          expect(turnsOf(turns, minute, use).reduce((sum, turn) => sum + turn, 0)).toBe(count);
      }
    },
  );

  it('F5 can be counted in parts of a minute', () => {
    const turns = new Turns(random, profiles, 200);
    for (const use of profiles.slice(0, 20).flatMap((profile) => profile.uses)) {
      const ticks = turnsOf(turns, MINUTE, use);
      const counts = new Float64Array(3);
      turns.count(use, { minute: MINUTE, firstTick: 50, ticksPerPart: 25 }, counts);
      const sumOf = (from: number) =>
        ticks.slice(from, from + 25).reduce((sum, turn) => sum + turn, 0);
      expect([...counts]).toEqual([sumOf(50), sumOf(75), sumOf(100)]);
    }
  });

  it('F5 start elsewhere in another minute', () => {
    const turns = new Turns(random, profiles, 1_000);
    const use = profiles.find((profile) => profile.uses.length === 3)?.uses[0];
    expect(use).toBeDefined();
    if (use) expect(turnsOf(turns, MINUTE, use)).not.toEqual(turnsOf(turns, MINUTE + 1, use));
  });
});
