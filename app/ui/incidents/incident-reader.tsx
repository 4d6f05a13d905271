import { useLiveQuery } from 'dexie-react-hooks';
import { useEffect } from 'react';
import { IncidentReading } from '#app/database/incidents.ts';
import { pageDatabase } from '../page-database.ts';
import { useAlerts } from '../alerts/use-alerts.ts';
import { usePageStore } from '../use-page.ts';

const reading = pageDatabase && new IncidentReading(pageDatabase);

/** Keeps what the page knows of incidents the same as what the device has of them, and tells of what is new. */
export function IncidentReader() {
  const store = usePageStore();
  const known = useLiveQuery(
    // A cache that cannot be read has nothing to show; the badge of the storage tells why.
    () => reading?.read().catch(() => null),
  );
  useEffect(() => {
    if (known) store.setState(known);
  }, [store, known]);
  useAlerts(store);
  return null;
}
