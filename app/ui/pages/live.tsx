import { Suspense } from 'react';
import { FilterBar } from '../controls/filter-bar.tsx';
import { TimeBar } from '../controls/time-bar.tsx';
import { NoServerNotice } from '../controls/no-server-notice.tsx';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { Anomalies } from '../panels/anomalies.tsx';
import { CostByModel } from '../panels/cost-by-model.tsx';
import { KeyFigures } from '../panels/key-figures.tsx';
import { PanelBoundary } from '../panels/panel-boundary.tsx';
import { SpendRate } from '../panels/spend-rate.tsx';
import { TokenUsage } from '../panels/token-usage.tsx';
import { TopCustomers } from '../panels/top-customers.tsx';
import type { AskStorage } from '../storage-questions.ts';
import type { PageState } from '../store.ts';
import { useArrival } from '../use-arrival.ts';
import { usePage } from '../use-page.ts';

const SpendByDay = lazyAfterPaint(
  async () => (await import('../panels/spend-by-day.tsx')).SpendByDay,
);

/** What it costs now, who and what causes it. */
export function LivePage({ onStorage }: { onStorage: AskStorage }) {
  const main = useArrival<HTMLElement>();
  const mode = usePage(modeOf);
  const hasDays = usePage((page) => page.frame !== null && page.frame.days !== null);
  return (
    <main ref={main} tabIndex={-1} data-mode={mode}>
      <NoServerNotice />
      <TimeBar onStorage={onStorage} />
      <FilterBar />
      <div className="dashboard">
        <KeyFigures />
        <Anomalies />
        <SpendRate />
        <TokenUsage />
        <CostByModel />
        <TopCustomers />
        {hasDays && (
          <PanelBoundary name="Spend by day">
            <Suspense fallback={null}>
              <SpendByDay />
            </Suspense>
          </PanelBoundary>
        )}
      </div>
    </main>
  );
}

function modeOf({ range, playback }: PageState): 'real-time' | 'historical' | 'playing' {
  if (range.endMs === null) return 'real-time';
  return playback === null ? 'historical' : 'playing';
}
