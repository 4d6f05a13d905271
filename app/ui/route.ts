/** The pages of the app. */
export type Route = 'live' | 'credits' | 'settings' | 'evidence';

const PATHS: Readonly<Record<Route, string>> = {
  live: '/',
  credits: '/credits',
  settings: '/settings',
  evidence: '/evidence',
};

const ROUTES = Object.keys(PATHS) as Route[]; // an object literal has exactly these keys

export function pathOf(route: Route): string {
  return PATHS[route];
}

/** The page at a path; any other path shows the live page. */
export function routeOf(path: string): Route {
  const wanted = path.length > 1 ? path.replace(/\/+$/, '') : path;
  return ROUTES.find((route) => PATHS[route] === wanted) ?? 'live';
}
