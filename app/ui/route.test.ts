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
});
