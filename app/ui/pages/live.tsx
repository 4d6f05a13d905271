import { FilterBar } from '../controls/filter-bar.tsx';
import { TimeBar } from '../controls/time-bar.tsx';
import { NoServerNotice } from '../controls/no-server-notice.tsx';
import { Anomalies } from '../panels/anomalies.tsx';
import { CostByModel } from '../panels/cost-by-model.tsx';
import { KeyFigures } from '../panels/key-figures.tsx';
import { SpendRate } from '../panels/spend-rate.tsx';
import { TokenUsage } from '../panels/token-usage.tsx';
import { TopCustomers } from '../panels/top-customers.tsx';
import type { AskStorage } from '../storage-questions.ts';
import { useArrival } from '../use-arrival.ts';
import { usePage } from '../use-page.ts';

/** What it costs now, who and what causes it. */
export function LivePage({ onStorage }: { onStorage: AskStorage }) {
  const main = useArrival<HTMLElement>();
  const isHistorical = usePage((page) => page.range.endMs !== null);
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
      </div>
    </main>
  );
}
