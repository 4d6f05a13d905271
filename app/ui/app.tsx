import { Suspense } from 'react';
import type { LiveSettings } from '#core/live/settings.ts';
import { CatchUpNotice } from './controls/catch-up-notice.tsx';
import { ConnectionBadge } from './controls/connection-badge.tsx';
import { EvidenceBanner } from './controls/evidence-banner.tsx';
import { LiveControls } from './controls/live-controls.tsx';
import { Navigation } from './controls/navigation.tsx';
import { Notices } from './controls/notices.tsx';
import { ShortcutHelp } from './controls/shortcut-help.tsx';
import { SourceLine } from './controls/source-line.tsx';
import { ThemeSwitch } from './controls/theme-switch.tsx';
import { lazyAfterPaint } from './lazy-after-paint.ts';
import { LivePage } from './pages/live.tsx';
import { PanelBoundary } from './panels/panel-boundary.tsx';
import type { AskBackTest } from './back-test-questions.ts';
import type { AskStorage } from './storage-questions.ts';
import { nextTheme } from './theme/theme-choice.ts';
import { useTheme } from './theme/use-theme.ts';
import { usePage, usePageStore } from './use-page.ts';

const SettingsPage = lazyAfterPaint(
  async () => (await import('./pages/settings.tsx')).SettingsPage,
);

const WallPage = lazyAfterPaint(async () => (await import('./pages/wall.tsx')).WallPage);

const InsecureNotice = lazyAfterPaint(
  async () => (await import('./controls/insecure-notice.tsx')).InsecureNotice,
);

const CreditsPage = lazyAfterPaint(async () => (await import('./pages/credits.tsx')).CreditsPage);

const IncidentReader = lazyAfterPaint(
  async () => (await import('./incidents/incident-reader.tsx')).IncidentReader,
);

interface AppProps {
  /** The user wants the server tried now. */
  readonly onRetry: () => void;
  /** The user chose how live data arrive. */
  readonly onConfigure: (settings: LiveSettings) => void;
  /** The user wants history, or not. */
  readonly onCatchUp: (isWanted: boolean) => void;
  readonly onStorage: AskStorage;
  readonly onBackTest: AskBackTest;
  /** The user accepts the new version. */
  readonly onReload: () => void;
}

export function App(props: AppProps) {
  const { onRetry, onConfigure, onCatchUp, onStorage, onReload } = props;
  const store = usePageStore();
  const route = usePage((page) => page.route);
  const [theme, chooseTheme] = useTheme();
  const pause = () => {
    const { settings } = store.getState();
    onConfigure({ ...settings, isPaused: !settings.isPaused });
  };
  if (route === 'wall') {
    return (
      <PanelBoundary key={route} name="The wall">
        <Suspense fallback={<main aria-busy="true" />}>
          <WallPage onReload={onReload} />
        </Suspense>
      </PanelBoundary>
    );
  }
  return (
    <>
      <header className="page-header">
        <h1 className="brand">
          <BrandMark />
          Burnrate
        </h1>
        <Navigation />
        <SourceLine />
        {route === 'evidence' ? (
          <EvidenceBanner />
        ) : (
          <>
            <ConnectionBadge onRetry={onRetry} />
            <LiveControls onConfigure={onConfigure} />
          </>
        )}
        <ThemeSwitch theme={theme} onChoose={chooseTheme} />
        <ShortcutHelp
          onPause={pause}
          onRetry={onRetry}
          onNextTheme={() => chooseTheme(nextTheme(theme))}
        />
      </header>
      {!window.isSecureContext && (
        <PanelBoundary name="The notice about plain HTTP">
          <Suspense fallback={null}>
            <InsecureNotice />
          </Suspense>
        </PanelBoundary>
      )}
      {route === 'settings' || route === 'credits' ? (
        <PanelBoundary key={route} name="This page">
          <Suspense fallback={<main aria-busy="true" />}>
            {route === 'credits' ? <CreditsPage /> : <SettingsPage {...props} />}
          </Suspense>
        </PanelBoundary>
      ) : (
        <LivePage onStorage={onStorage} />
      )}
      {route !== 'evidence' && <Incidents />}
      <Notices onReload={onReload}>
        <CatchUpNotice onCatchUp={onCatchUp} />
      </Notices>
    </>
  );
}

/** What is known of incidents, whichever page is shown, and what is told of them beside it. */
function Incidents() {
  return (
    <PanelBoundary name="What is known of incidents">
      <Suspense fallback={null}>
        <IncidentReader />
      </Suspense>
    </PanelBoundary>
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
