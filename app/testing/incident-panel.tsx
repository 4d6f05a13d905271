import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { AnomalyRow } from '#app/database/database.ts';
import { IncidentReader } from '#app/ui/incidents/incident-reader.tsx';
import { Notices } from '#app/ui/controls/notices.tsx';
import { pageDatabase } from '#app/ui/page-database.ts';
import { Anomalies } from '#app/ui/panels/anomalies.tsx';
import type { PageState } from '#app/ui/store.ts';
import { aFrame } from './frames.ts';
import { anAnomaly, EPOCH } from './known-incidents.ts';
import { allParts, renderPage, setElementSize } from './page.tsx';

if (!pageDatabase) throw new Error('import fake-indexeddb/auto first');
/** The one that the page reads. */
export const database = pageDatabase;

// Parts of the panel come when they are used, which takes a busy machine its time.
configure({ asyncUtilTimeout: 15_000 });

/** A storage and a window without a past, before each test. */
export async function freshPage(): Promise<void> {
  setElementSize(460, 120);
  window.history.replaceState(null, '', '/');
  await Promise.all(database.tables.map((table) => table.clear()));
}

const LEDGER = { epoch: EPOCH, ledger: 'ledger-1', revision: 9 };

/** Three that are open, the gravest first. */
export const THREE = [
  anAnomaly({ id: 'first', severity: 'critical' }),
  anAnomaly({ id: 'second', severity: 'major', root: { dimension: 'customer', id: 'bolt' } }),
  anAnomaly({ id: 'third', severity: 'minor', kind: 'latency' }),
];

/** The panel of a device that knows these incidents, and the messages beside it. */
export async function renderPanel(
  anomalies: readonly AnomalyRow[],
  parts: Partial<PageState> = {},
) {
  await database.meta.put({ key: 'ledger', value: LEDGER });
  await database.anomalies.bulkPut([...anomalies]);
  const page = renderPage(
    <>
      <IncidentReader />
      <Anomalies />
      <Notices onReload={() => undefined} />
    </>,
    { frame: aFrame(), zone: 'UTC', ...parts },
  );
  await allParts();
  const { store } = page;
  await waitFor(() => {
    if (store.getState().incidents === null) throw new Error('not read yet');
  });
  await allParts();
  return { ...page, user: userEvent.setup() };
}

export const panel = () => within(screen.getByRole('region', { name: 'Anomalies' }));
export const rows = () => panel().getAllByRole('listitem');
export const row = (place: number) => within(rows()[place] ?? document.body);
export const severities = () => rows().map((one) => one.dataset['severity']);
export const states = () => rows().map((one) => one.dataset['state']);
export const opener = (place: number) => row(place).getByRole('button', { expanded: false });
export const decided = async () => (await database.outbox.toArray()).map(({ request }) => request);
export const requests = async () =>
  (await database.outbox.toArray()).map(({ incidentId, request }) => [incidentId, request.state]);

/** What tells the last decision; its code comes when it is first needed. */
export const toast = () => screen.findByRole('status', { name: 'Decision' });
