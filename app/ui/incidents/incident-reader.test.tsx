import 'fake-indexeddb/auto';
import { act, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { anIncident } from '#core/wire/testing/anomalies.ts';
import { decide } from '#app/database/decisions.ts';
import { takeChanges } from '#app/database/ledger.ts';
import { aFrame } from '#app/testing/frames.ts';
import { allParts, renderPage, setElementSize } from '#app/testing/page.tsx';
import { pageDatabase } from '../page-database.ts';
import { App } from '../app.tsx';

const NOTHING = () => undefined;
const ACTIONS = {
  onRetry: NOTHING,
  onConfigure: NOTHING,
  onCatchUp: NOTHING,
  onStorage: () => new Promise<never>(NOTHING),
  onBackTest: NOTHING,
  onReload: NOTHING,
};
const CURSOR = { epoch: 'e', ledger: 'l', revision: 1 };

function theDatabase() {
  if (!pageDatabase) throw new Error('this test has storage');
  return pageDatabase;
}

beforeEach(async () => {
  setElementSize(800, 300);
  await theDatabase().delete();
  await theDatabase().open();
  const anomalies = [{ ...anIncident({ id: 'a' }), revision: 1 }];
  await takeChanges(theDatabase(), null, { next: CURSOR, isAnew: true, anomalies, acks: [] });
});

describe('what the page knows of incidents', () => {
  it('S74 is what the device has, and follows it', async () => {
    const { store, unmount } = renderPage(<App {...ACTIONS} />, { frame: aFrame() });
    await allParts();
    await waitFor(() => expect(store.getState().incidents).toHaveLength(1));
    const decision = { state: 'acknowledged', note: '', who: '' } as const;
    await act(() => decide(theDatabase(), [{ incidentId: 'a', decision }], 0));
    await waitFor(() => expect(store.getState().incidents?.[0]?.pending).toHaveLength(1));
    unmount();
  });

  it('S75 is nothing beside an imported file', async () => {
    const live = renderPage(<App {...ACTIONS} />, { frame: aFrame() });
    const parts = { frame: aFrame(), route: 'evidence' } as const;
    const evidence = renderPage(<App {...ACTIONS} />, parts);
    await allParts();
    await waitFor(() => expect(live.store.getState().incidents).toHaveLength(1));
    expect(evidence.store.getState().incidents).toBeNull();
    // At once: other parts of the page go on reading the database.
    live.unmount();
    evidence.unmount();
  });
});
