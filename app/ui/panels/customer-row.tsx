import { type CSSProperties, type KeyboardEvent, memo } from 'react';
import { useFilterActions } from '../filter-actions.ts';
import { formatCountShort, formatLatency, formatShare, formatUsd } from '../format.ts';
import type { RankedCustomer } from './customer-columns.ts';
import { useSlide } from './slide.ts';
import { Sparkline } from './sparkline.tsx';

interface CustomerRowProps {
  readonly row: RankedCustomer;
  readonly index: number;
  readonly startPx: number;
  /** The one that Tab leads to. */
  readonly isActive: boolean;
  /** The focus is in the row with this key. */
  readonly onActivate: (key: string) => void;
}

/** One customer: a line of the table, or a card where the table is narrow. */
export const CustomerRow = memo((props: CustomerRowProps) => {
  const { row, index, startPx, isActive, onActivate } = props;
  const { toggle } = useFilterActions();
  const slidingRef = useSlide(startPx);
  const tabIndex = isActive ? 0 : -1;
  const enter = (event: KeyboardEvent<HTMLDivElement>) => {
    const isOfRow = event.target === event.currentTarget;
    if (isOfRow && event.key === 'Enter') toggle('customers', row.customerId);
  };
  const bar = { '--length': row.partOfMost };
  return (
    <div
      ref={slidingRef}
      role="row"
      className="customer"
      aria-rowindex={index + 2}
      tabIndex={tabIndex}
      onFocus={() => onActivate(row.key)}
      onKeyDown={enter}
      style={{ transform: `translateY(${startPx}px)` }}
    >
      <span role="gridcell" className="customer-rank">
        {row.rank}
      </span>
      <span role="gridcell" className="customer-customer">
        <button
          type="button"
          tabIndex={tabIndex}
          onClick={() => toggle('customers', row.customerId)}
        >
          {row.customerId}
        </button>
        <button
          type="button"
          className="customer-tenant"
          tabIndex={tabIndex}
          onClick={() => toggle('tenants', row.tenantId)}
        >
          {row.tenantId}
        </button>
      </span>
      <span role="gridcell" className="customer-spend">
        {formatUsd(row.costUsd)}
      </span>
      <span role="gridcell" className="customer-share">
        {formatShare(row.share)}
      </span>
      <span
        className="customer-bar"
        aria-hidden="true"
        style={bar as CSSProperties} // a custom property, which the type does not know
      />
      <span role="gridcell" className="customer-tokens">
        {formatCountShort(row.tokens)}
      </span>
      <span role="gridcell" className="customer-calls">
        {formatCountShort(row.calls)}
      </span>
      <span role="gridcell" className="customer-latency">
        {row.meanLatencyMs === null ? '—' : formatLatency(row.meanLatencyMs)}
      </span>
      <span role="gridcell" className="customer-trend">
        <Sparkline trend={row.trend} />
      </span>
    </div>
  );
});
