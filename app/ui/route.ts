/** The pages of the app. */
export type Route = 'live' | 'wall' | 'credits' | 'settings' | 'evidence';

const PATHS: Readonly<Record<Route, string>> = {
  live: '/',
  wall: '/wall',
  credits: '/credits',
  settings: '/settings',
  evidence: '/evidence',
};

const ROUTES = Object.keys(PATHS) as Route[]; // an object literal has exactly these keys

export function pathOf(route: Route): string {
  return PATHS[route];
}

/** The page at a path; any other path shows the live page, which `?tv=1` puts on a wall. */
export function routeOf(path: string, search = ''): Route {
  const wanted = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const route = ROUTES.find((one) => PATHS[one] === wanted) ?? 'live';
  const isForWall = route === 'live' && new URLSearchParams(search).get('tv') === '1';
  return isForWall ? 'wall' : route;
}
