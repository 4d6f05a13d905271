import { Suspense } from 'react';
import type { LiveSettings } from '#core/live/settings.ts';
import { ConnectionBadge } from './controls/connection-badge.tsx';
import { LiveControls } from './controls/live-controls.tsx';
import { NoServerNotice } from './controls/no-server-notice.tsx';
import { Notices } from './controls/notices.tsx';
import { SourceLine } from './controls/source-line.tsx';
import { ThemeSwitch } from './controls/theme-switch.tsx';
import { Anomalies } from './panels/anomalies.tsx';
import { CostByModel } from './panels/cost-by-model.tsx';
import { KeyFigures } from './panels/key-figures.tsx';
import { SpendRate } from './panels/spend-rate.tsx';
import { TokenUsage } from './panels/token-usage.tsx';
import { TopCustomers } from './panels/top-customers.tsx';
import { lazyAfterPaint } from './lazy-after-paint.ts';
import { usePageStore } from './use-page.ts';

const FilterBar = lazyAfterPaint(async () => (await import('./controls/filter-bar.tsx')).FilterBar);
const ShortcutHelp = lazyAfterPaint(
  async () => (await import('./controls/shortcut-help.tsx')).ShortcutHelp,
);

interface AppProps {
  /** The user wants the server tried now. */
  readonly onRetry: () => void;
  /** The user chose how live data arrive. */
  readonly onConfigure: (settings: LiveSettings) => void;
  /** The user accepts the new version. */
  readonly onReload: () => void;
}

export function App({ onRetry, onConfigure, onReload }: AppProps) {
  const store = usePageStore();
  const pause = () => {
    const { settings } = store.getState();
    onConfigure({ ...settings, isPaused: !settings.isPaused });
  };
  return (
    <>
      <header className="page-header">
        <h1 className="brand">
          <BrandMark />
          Burnrate
        </h1>
        <SourceLine />
        <ConnectionBadge onRetry={onRetry} />
        <LiveControls onConfigure={onConfigure} />
        <ThemeSwitch />
        <Suspense fallback={<span className="help-button" />}>
          <ShortcutHelp onPause={pause} onRetry={onRetry} />
        </Suspense>
      </header>
      <main>
        <NoServerNotice />
        <Suspense fallback={<div className="filter-bar" />}>
          <FilterBar />
        </Suspense>
        <div className="dashboard">
          <KeyFigures />
          <SpendRate />
          <TokenUsage />
          <CostByModel />
          <TopCustomers />
          <Anomalies />
        </div>
      </main>
      <Notices onReload={onReload} />
    </>
  );
}

/** The mark of public/icon.svg, without its tile and in the colours of the theme. */
function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="70 145 372 222" aria-hidden="true">
      <path className="brand-calm" d="M94 334A162 162 0 0 1 165 200" />
      <path className="brand-warm" d="M180 191A162 162 0 0 1 332 191" />
      <path className="brand-hot" d="M347 200A162 162 0 0 1 418 334" />
      <path className="brand-needle" d="M339 242 236 316A27 27 0 1 0 276 352z" />
    </svg>
  );
}
