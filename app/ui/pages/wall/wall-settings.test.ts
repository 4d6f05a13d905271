import { describe, expect, it } from 'vitest';
import { WALL_VIEWS, wallSettingsOf } from './wall-settings.ts';

describe('what the address asks of a wall', () => {
  const thereAre = 'there are spend, tokens, models, customers, anomalies.';
  it.each([
    ['', WALL_VIEWS, 20, []],
    ['?views=customers,spend&every=45', ['customers', 'spend'], 45, []],
    ['?views=spend,spend', ['spend'], 20, []],
    ['?views=nothing,models', ['models'], 20, [`views=nothing: ${thereAre}`]],
    ['?views=nothing,at all', WALL_VIEWS, 20, [`views=nothing,at all: ${thereAre}`]],
    ['?views=', WALL_VIEWS, 20, [`views=: ${thereAre}`]],
    ['?every=0', WALL_VIEWS, 20, ['every=0: give 5 to 3600 seconds; taken: 20.']],
    ['?every=soon', WALL_VIEWS, 20, ['every=soon: give 5 to 3600 seconds; taken: 20.']],
    ['?every=1', WALL_VIEWS, 5, ['every=1: give 5 to 3600 seconds; taken: 5.']],
    ['?every=1e9', WALL_VIEWS, 3_600, ['every=1e9: give 5 to 3600 seconds; taken: 3600.']],
  ])('W21, W60 %s', (search, views, seconds, problems) => {
    expect(wallSettingsOf(search)).toEqual({ views, everyMs: seconds * 1_000, problems });
  });

  it('W60 a long address is not quoted in full', () => {
    const [problem = ''] = wallSettingsOf(`?views=${'x'.repeat(500)}`).problems;
    expect(problem.length).toBeLessThan(120);
  });
});
