import { FilterBar } from '../controls/filter-bar.tsx';
import { NoServerNotice } from '../controls/no-server-notice.tsx';
import { Anomalies } from '../panels/anomalies.tsx';
import { CostByModel } from '../panels/cost-by-model.tsx';
import { KeyFigures } from '../panels/key-figures.tsx';
import { SpendRate } from '../panels/spend-rate.tsx';
import { TokenUsage } from '../panels/token-usage.tsx';
import { TopCustomers } from '../panels/top-customers.tsx';

/** What it costs now, who and what causes it. */
export function LivePage() {
  return (
    <main>
      <NoServerNotice />
      <FilterBar />
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
