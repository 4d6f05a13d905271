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
import { useArrival } from '../use-arrival.ts';
import { usePage } from '../use-page.ts';

const SpendByDay = lazyAfterPaint(
  async () => (await import('../panels/spend-by-day.tsx')).SpendByDay,
);

/** What it costs now, who and what causes it. */
export function LivePage({ onStorage }: { onStorage: AskStorage }) {
  const main = useArrival<HTMLElement>();
  const isHistorical = usePage((page) => page.range.endMs !== null);
  const hasDays = usePage((page) => page.frame !== null && page.frame.days !== null);
  return (
    <main ref={main} tabIndex={-1} data-mode={isHistorical ? 'historical' : 'real-time'}>
      <NoServerNotice />
      <TimeBar onStorage={onStorage} />
      <FilterBar />
      <div className="dashboard">
        <KeyFigures />
        <SpendRate />
        <TokenUsage />
        <CostByModel />
        <TopCustomers />
        <Anomalies />
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
