import { type CSSProperties, type ReactNode, Suspense, useEffect, useState } from 'react';
import { NoServerNotice } from '../controls/no-server-notice.tsx';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { Anomalies } from '../panels/anomalies.tsx';
import { CostByModel } from '../panels/cost-by-model.tsx';
import { KeyFigures } from '../panels/key-figures.tsx';
import { PanelBoundary } from '../panels/panel-boundary.tsx';
import { SpendRate } from '../panels/spend-rate.tsx';
import { TokenUsage } from '../panels/token-usage.tsx';
import { TopCustomers } from '../panels/top-customers.tsx';
import { useTimeFormat } from '../time-format.ts';
import { usePage, usePageStore } from '../use-page.ts';
import { keepAwake } from './wall/awake.ts';
import { reloadItself } from './wall/self-reload.ts';
import { type WallView, wallSettingsOf } from './wall/wall-settings.ts';
import { WallNotes } from './wall/wall-notes.tsx';
import { WallStatus } from './wall/wall-status.tsx';
import { useCount, useMouseMoves } from './wall/wall-time.ts';
import '../theme/wall.css';

const IncidentReader = lazyAfterPaint(
  async () => (await import('../incidents/incident-reader.tsx')).IncidentReader,
);

const CURSOR_MS = 3_000;
const MOVE_MS = 60_000;

/** Steps from the middle, one each minute: no edge of a panel stays on the same pixels for long. */
const STEPS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

const PANELS: Readonly<Record<WallView, () => ReactNode>> = {
  spend: () => (
    <>
      <SpendRate />
      <KeyFigures />
    </>
  ),
  tokens: () => <TokenUsage />,
  models: () => <CostByModel />,
  customers: () => <TopCustomers />,
  anomalies: () => <Anomalies />,
};

/** For a screen on a wall: one view after the other, in type for five metres, and nobody needed to look after it. */
export function WallPage({ onReload }: { onReload: () => void }) {
  const store = usePageStore();
  const [{ views, everyMs, problems }] = useState(() => wallSettingsOf(window.location.search));
  const view = views[useCount(everyMs) % views.length] ?? views[0];
  const minute = useCount(MOVE_MS);
  const [x, y] = STEPS[minute % STEPS.length] ?? STEPS[0];
  const isMouseUsed = useMouseMoves(CURSOR_MS);
  useEffect(() => keepAwake().close, []);
  useEffect(() => reloadItself(store, onReload).close, [store, onReload]);
  const shift = { '--x': x, '--y': y };
  return (
    <main className="wall" data-cursor={isMouseUsed ? 'shown' : 'hidden'}>
      <div
        className="wall-stage"
        style={shift as CSSProperties} // custom properties, which the type does not know
      >
        <header className="wall-head">
          <h1>Burnrate</h1>
          <Slice />
          <WallStatus />
          <Clock />
        </header>
        <NoServerNotice />
        <PanelBoundary name="What is known of incidents">
          <Suspense fallback={null}>
            <IncidentReader />
          </Suspense>
        </PanelBoundary>
        {minute === 0 && <WallNotes problems={problems} />}
        <div className="wall-view" data-view={view}>
          {/* Each view begins anew, one that has failed too. */}
          <PanelBoundary key={view}>{PANELS[view]()}</PanelBoundary>
        </div>
        <p className="wall-views" aria-hidden="true">
          {views.length > 1 &&
            views.map((one) => <span key={one} data-shown={one === view || undefined} />)}
        </p>
      </div>
    </main>
  );
}

/** What the figures are of, when they are not of everything. */
function Slice() {
  const { tenants, customers, models } = usePage((page) => page.filter);
  return <p className="wall-slice">{[...tenants, ...customers, ...models].join(', ')}</p>;
}

function Clock() {
  const atMs = usePage((page) => page.now.wallMs);
  return <time className="wall-clock">{useTimeFormat().formatMinute(atMs)}</time>;
}
