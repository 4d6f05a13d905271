import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Workbox } from 'workbox-window';
import { DEFAULT_SPEED, playbackFrom } from '#core/view/playback.ts';
import { afterPaint } from './after-paint.ts';
import { App } from './app.tsx';
import { startCodeWatch } from './code-watch.ts';
import { readClock, startClock } from './clock.ts';
import { followAddress } from './filter-actions.ts';
import { startInstallWatch } from './install/install-watch.ts';
import { startServiceWorkerBridge } from './service-worker-bridge.ts';
import { startPageTitle } from './page-title.ts';
import { startPlayback } from './playback-driver.ts';
import { routeOf } from './route.ts';
import { latestMs } from './selectors.ts';
import { readSnapshot } from './snapshot.ts';
import { startSnapshotWriter } from './snapshot-writer.ts';
import { createPageStore, type PageStore } from './store.ts';
import './theme/tokens.css';
import './theme/base.css';
import './theme/page.css';
import './theme/controls.css';
import './theme/panel.css';
import './theme/gauge.css';
import './theme/chart.css';
import './theme/coverage.css';
import './theme/expected.css';
import './theme/breakdowns.css';
import './theme/customers.css';
import './theme/filter.css';
import './theme/time.css';
import './theme/playback.css';
import './theme/installed.css';
import { addressOf } from './url.ts';
import { PageContext } from './use-page.ts';
import { createWorker, startWorkerLink } from './worker-link.ts';
import { rememberedZone, tellZoneInAddress } from './zone-choice.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const { pathname, search } = window.location;
const route = routeOf(pathname, search);
const isEvidence = route === 'evidence';
// What the last visit showed is live data: an imported file begins with nothing.
const snapshot = isEvidence ? null : readSnapshot();
const now = readClock();
const address = addressOf(
  search,
  latestMs({ now, clockOffsetMs: snapshot?.clockOffsetMs ?? null }),
);
const zone = address.zone ?? rememberedZone();
const store = createPageStore(now, snapshot, address.filter, route, address.range, zone);
store.setState({
  addressProblems: address.problems,
  pickedIncident: address.incident,
  speed: address.speed ?? DEFAULT_SPEED,
  playback: playbackFrom(address.range, address.speed, now.steadyMs),
});
tellZoneInAddress(store);
followAddress(store);
// What is stored comes first; only then the browser reads the worker's code.
const link = afterPaint().then(() => startWorkerLink(store, createWorker(isEvidence)));
startClock((now) => store.setState({ now }));
if (!isEvidence) startSnapshotWriter(store);
startPageTitle(store);
startInstallWatch(store);
startPlayback(store);
const update = offerUpdates(store);
startCodeWatch(store, update);

createRoot(root).render(
  <StrictMode>
    <PageContext value={store}>
      <App
        onRetry={() => void link.then(({ retryNow }) => retryNow())}
        onConfigure={(settings) => void link.then(({ configure }) => configure(settings))}
        onCatchUp={(isWanted) => void link.then(({ catchUp }) => catchUp(isWanted))}
        onBackTest={(settings, hear) => void link.then(({ backTest }) => backTest(settings, hear))}
        onStorage={(request) => link.then(({ askStorage }) => askStorage(request))}
        onReload={update}
      />
    </PageContext>
  </StrictMode>,
);

/** @returns what to do when the user accepts a new version */
function offerUpdates(store: PageStore): () => void {
  const reload = () => window.location.reload();
  // Absent on plain http from another machine; the development server has none to register.
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return reload;
  const bridge = startServiceWorkerBridge({
    container: navigator.serviceWorker,
    // Once the page has all that it needs at first: the worker downloads the other pages.
    register: () => new Workbox('/sw.js', { updateViaCache: 'none' }).register(),
    onUpdateReady: () => store.setState({ isUpdateReady: true }),
    reload,
  });
  // A server that was away may be of another build.
  store.subscribe(({ connection }, before) => {
    if (connection.kind === 'live' && before.connection.kind !== 'live') bridge.check();
  });
  return bridge.update;
}
