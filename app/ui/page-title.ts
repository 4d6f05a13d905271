import { formatUsd } from './format.ts';
import type { PageStore } from './store.ts';

const NAME = 'Burnrate';
/** A title that changed with every tick would be noise in a row of tabs, ms. */
const LEAST_MS = 5_000;

/** Puts the spend rate into the page's title while it is live, so that a hidden tab tells it too. */
export function startPageTitle(store: PageStore): { close(): void } {
  let changedAtMs = Number.NEGATIVE_INFINITY;
  const unsubscribe = store.subscribe(({ spendRate, connection, now }) => {
    const usd = connection.kind === 'live' ? (spendRate?.usdPerHour ?? null) : null;
    if (usd !== null && now.steadyMs - changedAtMs < LEAST_MS) return;
    changedAtMs = now.steadyMs;
    const title = usd === null ? NAME : `${formatUsd(Math.round(usd))}/h · ${NAME}`;
    if (document.title !== title) document.title = title;
  });
  return { close: unsubscribe };
}
