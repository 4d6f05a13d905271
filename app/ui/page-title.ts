import { formatUsd } from './format.ts';
import type { Route } from './route.ts';
import type { PageState, PageStore } from './store.ts';

const NAME = 'Burnrate';
/** Pages that have a name of their own; the others tell what is spent. */
const PAGE_NAMES: Partial<Record<Route, string>> = { credits: 'Credits', settings: 'Settings' };
/** A title that changed with every tick would be noise in a row of tabs, ms. */
const LEAST_MS = 5_000;

/**
 * Puts the spend rate into the page's title while it is live, so that a hidden tab tells it too; of other pages their
 * name. A hidden tab tells first how many incidents nobody has dealt with.
 */
export function startPageTitle(store: PageStore): { close(): void } {
  const listening = new AbortController();
  const { signal } = listening;
  let changedAtMs = Number.NEGATIVE_INFINITY;
  let mark = '';
  const tell = ({ route, spendRate, connection, unattended, now }: PageState) => {
    const name = PAGE_NAMES[route];
    const usd = connection.kind === 'live' ? (spendRate?.usdPerHour ?? null) : null;
    const isRate = name === undefined && usd !== null;
    const isCounted = document.visibilityState === 'hidden' && unattended > 0;
    const before = mark;
    mark = isCounted ? `(${unattended}) ` : '';
    if (isRate && mark === before && now.steadyMs - changedAtMs < LEAST_MS) return;
    // The rate is told at once to whoever comes back from another page.
    changedAtMs = name === undefined ? now.steadyMs : Number.NEGATIVE_INFINITY;
    const rate = usd === null ? null : `${formatUsd(Math.round(usd))}/h`;
    const first = name ?? rate;
    const title = mark + (first === null ? NAME : `${first} · ${NAME}`);
    if (document.title !== title) document.title = title;
  };
  const opened = store.getState();
  if (PAGE_NAMES[opened.route] !== undefined) tell(opened);
  signal.addEventListener('abort', store.subscribe(tell));
  document.addEventListener('visibilitychange', () => tell(store.getState()), { signal });
  return { close: () => listening.abort() };
}
