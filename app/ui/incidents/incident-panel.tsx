import { useState } from 'react';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { usePage } from '../use-page.ts';
import { CriticalNews } from './critical-news.tsx';
import { IncidentFilters } from './incident-filters.tsx';
import { ANY_INCIDENT, matching } from './incident-filter.ts';
import { IncidentList } from './incident-list.tsx';
import { LaterPart } from './later-part.tsx';
import { NoIncidents } from './no-incidents.tsx';
import { pastMsOf, type ShownIncident, ShownIncidents } from './shown-incidents.ts';
import { useSelection } from './use-selection.ts';
import '../theme/anomalies.css';
import '../theme/incident-row.css';
import '../theme/incident-details.css';

const IncidentNotices = lazyAfterPaint(
  async () => (await import('./incident-notices.tsx')).IncidentNotices,
);
const BulkBar = lazyAfterPaint(async () => (await import('./bulk-bar.tsx')).BulkBar);

const NONE: readonly ShownIncident[] = [];

/** Incidents of the page's instant: what is known of them, and what can be done about them. */
export function IncidentPanel() {
  const [memory] = useState(() => new ShownIncidents());
  const all = usePage((page) => memory.of(page)) ?? NONE;
  const picked = usePage((page) => page.pickedIncident);
  const hasNotices = usePage((page) => page.notices.length > 0);
  const [filter, setFilter] = useState(ANY_INCIDENT);
  const rows = matching(all, filter, picked);
  const selection = useSelection(rows);
  return (
    <div className="incidents">
      <CriticalNews incidents={all} />
      {hasNotices && (
        <LaterPart name="What became of your decisions">
          <IncidentNotices />
        </LaterPart>
      )}
      <UnknownPick all={all} />
      {all.length > 0 && <IncidentFilters filter={filter} onFilter={setFilter} shown={rows} />}
      {selection.ids.size > 0 && (
        <LaterPart name="What can be done with several">
          <BulkBar selection={selection} />
        </LaterPart>
      )}
      {rows.length > 0 ? (
        <IncidentList rows={rows} selection={selection} />
      ) : (
        <NoIncidents isFiltered={all.length > 0} onShowAll={() => setFilter(ANY_INCIDENT)} />
      )}
    </div>
  );
}

/** An address may name an incident that is not here, or was not found yet at the page's instant. */
function UnknownPick({ all }: { all: readonly ShownIncident[] }) {
  const id = usePage((page) => page.pickedIncident);
  const isPast = usePage((page) => pastMsOf(page) !== null);
  if (id === null || all.some(({ anomaly }) => anomaly.id === id)) return null;
  return (
    <p className="incidents-unknown" role="status">
      {isPast
        ? 'The incident that was opened had not been found by then.'
        : 'The incident of this address is not known on this device.'}
    </p>
  );
}
