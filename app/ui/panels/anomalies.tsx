import { Suspense } from 'react';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import type { PageState } from '../store.ts';
import { usePage } from '../use-page.ts';
import { EmptyPanel } from './empty-panel.tsx';
import { Panel } from './panel.tsx';

const IncidentPanel = lazyAfterPaint(
  async () => (await import('../incidents/incident-panel.tsx')).IncidentPanel,
);

/** What is out of the ordinary, and what people have decided about it. */
export function Anomalies() {
  const isEvidence = usePage((page) => page.route === 'evidence');
  const isEmpty = usePage(isUnread);
  return (
    <Panel name="Anomalies" width="tall" isEmpty={isEmpty}>
      {isEvidence ? (
        <EmptyPanel title="Not watched">
          Incidents are found by the server. What was imported from a file is shown as it is.
        </EmptyPanel>
      ) : (
        <Suspense fallback={null}>
          <IncidentPanel />
        </Suspense>
      )}
    </Panel>
  );
}

/** Until the device has been read, unless there is nothing that could be read. */
function isUnread({ incidents, storage, route, frame }: PageState): boolean {
  if (route === 'evidence') return frame === null;
  return incidents === null && storage?.kind !== 'memory-only';
}
