import { SERVER_PATHS } from '#core/wire/routes.ts';

/** The page behind every route of the app. */
const SHELL_PATH = '/index.html';

/** What the rule needs to know of a request. */
export interface PageRequest {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
}

/**
 * The stored file that answers a request, as a URL; null: the request goes to the network untouched.
 * @param origin the app's own origin
 * @param isStored whether the file at a URL is part of the stored shell
 */
export function storedAnswerTo(
  request: PageRequest,
  origin: string,
  isStored: (url: string) => boolean,
): string | null {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin || isServerPath(url.pathname)) return null;
  if (isStored(request.url)) return request.url;
  return request.mode === 'navigate' ? new URL(SHELL_PATH, origin).href : null;
}

function isServerPath(path: string): boolean {
  return SERVER_PATHS.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}
