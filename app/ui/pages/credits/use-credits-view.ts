import { useEffect, useState } from 'react';
import { pathOf, routeOf } from '../../route.ts';
import { ownZoneName } from '../../time-format.ts';
import { usePageStore } from '../../use-page.ts';
import { type CreditsView, creditsViewOf, searchOfCredits } from './credits-view.ts';

/** `search` follows what is typed: it is one step back for all of it. */
export type ShowCredits = (part: Partial<CreditsView>) => void;

/** What the address asks for, and how to show something else; going back in the browser undoes it. */
export function useCreditsView(): [CreditsView, ShowCredits] {
  const store = usePageStore();
  const [view, setView] = useState(() => creditsViewOf(window.location.search));
  useEffect(() => {
    const follow = () => {
      const { pathname, search } = window.location;
      if (routeOf(pathname) === 'credits') setView(creditsViewOf(search));
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const show: ShowCredits = (part) => {
    const next = { ...view, ...part };
    setView(next);
    const isTyped = part.search !== undefined && part.search !== '' && view.search !== '';
    const address = pathOf('credits') + searchOfCredits(next, store.getState().zone, ownZoneName());
    if (isTyped) window.history.replaceState(null, '', address);
    else window.history.pushState(null, '', address);
  };
  return [view, show];
}
