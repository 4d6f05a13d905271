import { describe, expect, it } from 'vitest';
import { routeOf } from './route.ts';

describe('the address of a page', () => {
  it.each([
    ['/', 'live'],
    ['/settings', 'settings'],
    ['/credits', 'credits'],
    ['/usage', 'live'],
    ['/settings/', 'settings'],
    ['/evidence', 'evidence'],
    ['/nowhere', 'live'],
    ['//', 'live'],
    ['', 'live'],
  ])('U60 %s shows %s', (path, route) => {
    expect(routeOf(path)).toBe(route);
  });

  it.each([
    ['/wall', '', 'wall'],
    ['/wall/', '?every=5', 'wall'],
    ['/', '?tv=1', 'wall'],
    ['/', '?tenant=north&tv=1', 'wall'],
    ['/', '?tv=0', 'live'],
    ['/settings', '?tv=1', 'settings'],
  ])('W21 %s%s shows %s', (path, search, route) => {
    expect(routeOf(path, search)).toBe(route);
  });
});
