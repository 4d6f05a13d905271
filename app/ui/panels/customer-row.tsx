import { type CSSProperties, memo } from 'react';
import { useFilterActions } from '../filter-actions.ts';
import { formatCountShort, formatLatency, formatShare, formatUsd } from '../format.ts';
import type { RankedCustomer } from './customer-columns.ts';
import { Sparkline } from './sparkline.tsx';

interface CustomerRowProps {
  readonly row: RankedCustomer;
  readonly index: number;
  readonly startPx: number;
}

/** One customer: a line of the table, or a card where the table is narrow. */
export const CustomerRow = memo(({ row, index, startPx }: CustomerRowProps) => {
  const { toggle } = useFilterActions();
  const bar = { '--length': row.partOfMost };
  return (
    <div
      role="row"
      className="customer"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${startPx}px)` }}
    >
      <span role="cell" className="customer-rank">
        {row.rank}
      </span>
      <span role="cell" className="customer-customer">
        <button type="button" onClick={() => toggle('customers', row.customerId)}>
          {row.customerId}
        </button>
        <button
          type="button"
          className="customer-tenant"
          onClick={() => toggle('tenants', row.tenantId)}
        >
          {row.tenantId}
        </button>
      </span>
      <span role="cell" className="customer-spend">
        {formatUsd(row.costUsd)}
      </span>
      <span role="cell" className="customer-share">
        {formatShare(row.share)}
      </span>
      <span
        className="customer-bar"
        aria-hidden="true"
        style={bar as CSSProperties} // a custom property, which the type does not know
      />
      <span role="cell" className="customer-tokens">
        {formatCountShort(row.tokens)}
      </span>
      <span role="cell" className="customer-calls">
        {formatCountShort(row.calls)}
      </span>
      <span role="cell" className="customer-latency">
        {row.meanLatencyMs === null ? '—' : formatLatency(row.meanLatencyMs)}
      </span>
      <span role="cell" className="customer-trend">
        <Sparkline trend={row.trend} />
      </span>
    </div>
  );
});
