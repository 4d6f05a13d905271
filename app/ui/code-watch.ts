import { BUILD_HEADER, ROUTES } from '#core/wire/routes.ts';
import type { PageStore } from './store.ts';

/** Vite's: code or styles of a part did not arrive. */
const FAILED = 'vite:preloadError';
/** What fails so soon after another failure may have failed for the same reason, ms. */
const SAME_MOMENT_MS = 1_500;
/** A wall waits: what fails at once must not flicker. */
const WALL_RELOAD_MS = 60_000;

/**
 * Tells a server that is away from one that no longer has the code of this page, because another build was deployed
 * and this one's is not stored here: what fails twice while the server answers does not come by itself. A wall is then
 * loaded anew, anybody else is told.
 */
export function startCodeWatch(store: PageStore, reload: () => void): { close(): void } {
  const listening = new AbortController();
  const { signal } = listening;
  let refusedAtMs = Number.NEGATIVE_INFINITY;
  const fail = async (event: Event) => {
    const atMs = performance.now();
    forgetStyles(event);
    if (!(await isServerThere()) || signal.aborted) return;
    const isSecond = Number.isFinite(refusedAtMs) && atMs - refusedAtMs > SAME_MOMENT_MS;
    if (isSecond) store.setState({ isCodeGone: true });
    else refusedAtMs = atMs;
  };
  const reloadWall = async () => {
    const { isCodeGone, route } = store.getState();
    // Without a server there would be nothing but the browser's own error left.
    if (isCodeGone && route === 'wall' && (await isServerThere())) reload();
  };
  const timer = setInterval(() => void reloadWall(), WALL_RELOAD_MS);
  window.addEventListener(FAILED, (event) => void fail(event), { signal });
  signal.addEventListener('abort', () => clearInterval(timer));
  return { close: () => listening.abort() };
}

/** Vite takes styles that failed for loaded ones as long as their link stands in the document. */
function forgetStyles(event: Event): void {
  const cause = 'payload' in event && event.payload instanceof Error ? event.payload.message : '';
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
    if (cause.endsWith(` ${link.href}`)) link.remove();
  }
}

async function isServerThere(): Promise<boolean> {
  try {
    const { ok, headers } = await fetch(ROUTES.health, { cache: 'no-store' });
    return ok && headers.has(BUILD_HEADER);
  } catch {
    return false;
  }
}
