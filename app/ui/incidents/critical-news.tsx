import { useEffect, useRef, useState } from 'react';
import { serverNowMs } from '../selectors.ts';
import { usePage, usePageStore } from '../use-page.ts';
import { sentenceOf } from './incident-words.ts';
import type { ShownIncident } from './shown-incidents.ts';

/** What was found longer ago and comes only now, after an absence, is no news. */
const NEWS_FOR_MS = 300_000;

/** Reads out what is critical and has just come; not what was there when the page was opened. */
export function CriticalNews({ incidents }: { incidents: readonly ShownIncident[] }) {
  const store = usePageStore();
  const isLive = usePage((page) => page.range.endMs === null);
  const seen = useRef<ReadonlySet<string> | null>(null);
  const [news, setNews] = useState('');
  useEffect(() => {
    const critical = incidents.filter(
      ({ anomaly, standing }) => anomaly.severity === 'critical' && standing.state === 'open',
    );
    // What the past shows comes and goes.
    if (!isLive) return;
    const known = seen.current;
    const sinceMs = serverNowMs(store.getState()) - NEWS_FOR_MS;
    const fresh = critical.filter(
      ({ anomaly }) => known && !known.has(anomaly.id) && anomaly.foundMs >= sinceMs,
    );
    seen.current = new Set([...(known ?? []), ...critical.map(({ anomaly }) => anomaly.id)]);
    const [first] = fresh;
    if (!first) return;
    const more = fresh.length > 1 ? ` And ${fresh.length - 1} more.` : '';
    setNews(`New critical incident: ${sentenceOf(first.anomaly)}.${more}`);
  }, [store, incidents, isLive]);
  return (
    <p className="for-screen-readers" aria-live="polite">
      {news}
    </p>
  );
}
