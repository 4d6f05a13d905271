import { join, sep } from 'node:path';
import { type Request, type RequestHandler, type Response, Router, static as files } from 'express';

const ONE_YEAR_S = 31_536_000;

/**
 * Serves the built app from `appFolder`: hashed assets for ever, the rest asked for anew each time, and
 * `index.html` for every navigation, since the app knows its own pages. Built later, it is found later.
 */
export function staticApp(appFolder: string): RequestHandler {
  const router = Router();
  const assets = join(appFolder, 'assets') + sep;
  router.use(
    files(appFolder, {
      cacheControl: false,
      redirect: false,
      setHeaders: (response, path) => {
        response.setHeader('Cache-Control', path.startsWith(assets) ? forEver : 'no-cache');
      },
    }),
  );
  router.use((request, response) => {
    if (isNavigation(request)) sendIndex(response, appFolder);
    else response.status(404).type('text').send('Not found.\n');
  });
  return router;
}

const forEver = `public, max-age=${ONE_YEAR_S}, immutable`;

function sendIndex(response: Response, appFolder: string): void {
  response.set('Cache-Control', 'no-cache');
  response.sendFile('index.html', { root: appFolder, cacheControl: false }, (error) => {
    if (!error || response.headersSent) return;
    response
      .status(503)
      .set('Cache-Control', 'no-store')
      .type('text')
      .send('The page is not built: run `npm run build` first, then reload. The API works.\n');
  });
}

/** A person going to a page, rather than a page asking for a file that is not there. */
function isNavigation(request: Request): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (request.path === '/') return true;
  const name = request.path.slice(request.path.lastIndexOf('/') + 1);
  return !name.includes('.') && (request.headers.accept ?? '').includes('text/html');
}
