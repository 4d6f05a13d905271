import { describe, expect, it } from 'vitest';
import { WALL_VIEWS, wallSettingsOf } from './wall-settings.ts';

describe('what the address asks of a wall', () => {
  it.each([
    ['', WALL_VIEWS, 20],
    ['?views=customers,spend&every=45', ['customers', 'spend'], 45],
    ['?views=spend,spend', ['spend'], 20],
    ['?views=nothing,models', ['models'], 20],
    ['?views=nothing', WALL_VIEWS, 20],
    ['?every=0', WALL_VIEWS, 20],
    ['?every=soon', WALL_VIEWS, 20],
    ['?every=1', WALL_VIEWS, 5],
    ['?every=1e9', WALL_VIEWS, 3_600],
  ])('W21 %s', (search, views, seconds) => {
    expect(wallSettingsOf(search)).toEqual({ views, everyMs: seconds * 1_000 });
  });
});
