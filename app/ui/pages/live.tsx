import { Suspense } from 'react';
import { NoServerNotice } from '../controls/no-server-notice.tsx';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { Anomalies } from '../panels/anomalies.tsx';
import { CostByModel } from '../panels/cost-by-model.tsx';
import { KeyFigures } from '../panels/key-figures.tsx';
import { PanelBoundary } from '../panels/panel-boundary.tsx';
import { SpendRate } from '../panels/spend-rate.tsx';
import { TokenUsage } from '../panels/token-usage.tsx';
import { TopCustomers } from '../panels/top-customers.tsx';

const FilterBar = lazyAfterPaint(
  async () => (await import('../controls/filter-bar.tsx')).FilterBar,
);

/** What it costs now, who and what causes it. */
export function LivePage() {
  return (
    <main>
      <NoServerNotice />
      <PanelBoundary name="The filters">
        <Suspense fallback={<div className="filter-bar" />}>
          <FilterBar />
        </Suspense>
      </PanelBoundary>
      <div className="dashboard">
        <KeyFigures />
        <SpendRate />
        <TokenUsage />
        <CostByModel />
        <TopCustomers />
        <Anomalies />
      </div>
    </main>
  );
}
