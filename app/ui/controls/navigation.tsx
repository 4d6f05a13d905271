import type { MouseEvent } from 'react';
import { NO_FILTER } from '#core/view/filter.ts';
import { REAL_TIME } from '#core/view/window.ts';
import { pathOf, type Route } from '../route.ts';
import { searchOf } from '../url.ts';
import { usePage, usePageStore } from '../use-page.ts';

const PAGES: readonly { readonly route: Route; readonly name: string }[] = [
  { route: 'live', name: 'Live' },
  { route: 'credits', name: 'Credits' },
  { route: 'settings', name: 'Settings' },
];

/** The pages of the app, which change without a reload: what is on screen stays, the worker goes on. */
export function Navigation() {
  const store = usePageStore();
  const route = usePage((page) => page.route);
  const filter = usePage((page) => page.filter);
  const range = usePage((page) => page.range);
  const zone = usePage((page) => page.zone);
  const searches: Partial<Record<Route, string>> = {
    live: searchOf(filter, range, zone),
    credits: searchOf(NO_FILTER, REAL_TIME, zone),
  };
  const go = (event: MouseEvent<HTMLAnchorElement>, target: Route) => {
    const isForBrowser = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
    if (isForBrowser) return;
    event.preventDefault();
    // Where one is already there is nothing to go back to.
    if (target === route) return;
    window.history.pushState(null, '', event.currentTarget.href);
    store.setState({ route: target });
  };
  return (
    <nav className="navigation" aria-label="Pages">
      {PAGES.map((page) => (
        <a
          key={page.route}
          href={pathOf(page.route) + (searches[page.route] ?? '')}
          aria-current={page.route === route ? 'page' : undefined}
          onClick={(event) => go(event, page.route)}
        >
          {page.name}
        </a>
      ))}
    </nav>
  );
}
