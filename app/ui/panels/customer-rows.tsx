import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef, useState } from 'react';
import { useFilterActions } from '../filter-actions.ts';
import { formatCountShort, formatLatency, formatShare, formatUsd } from '../format.ts';
import type { RankedCustomer } from './customer-columns.ts';
import { useSlide } from './slide.ts';
import { Sparkline } from './sparkline.tsx';

/** Height of a row, in rem, as the style has it; all are alike, so that a change of rank is a move by whole rows. */
const ROW_REM = 2.75;
const USUAL_REM_PX = 16;
const ROWS_BEYOND = 6;

interface CustomerRowsProps {
  readonly rows: readonly RankedCustomer[];
  readonly search: string;
}

/** The rows in sight, each at its place: a row that changes its place slides there. */
export function CustomerRows({ rows, search }: CustomerRowsProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const [rowPx] = useState(readRowPx);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowPx,
    overscan: ROWS_BEYOND,
    initialRect: { width: 800, height: 400 },
    getItemKey: (index) => keyOf(rows[index]) ?? index,
  });
  return (
    <div role="rowgroup" className="customers-body" ref={scrollRef}>
      {rows.length === 0 && <p className="customers-none">No customer matches “{search}”.</p>}
      <div className="customers-sizer" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index];
          return row && <CustomerRow key={String(key)} row={row} index={index} startPx={start} />;
        })}
      </div>
    </div>
  );
}

interface CustomerRowProps {
  readonly row: RankedCustomer;
  readonly index: number;
  readonly startPx: number;
}

const CustomerRow = memo(({ row, index, startPx }: CustomerRowProps) => {
  const { toggle } = useFilterActions();
  const slidingRef = useSlide(startPx);
  return (
    <div
      ref={slidingRef}
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

function keyOf(row: RankedCustomer | undefined): string | undefined {
  return row && `${row.tenantId} ${row.customerId}`;
}

/** A rem is larger on large screens. */
function readRowPx(): number {
  const { fontSize } = getComputedStyle(document.documentElement);
  return ROW_REM * (Number.parseFloat(fontSize) || USUAL_REM_PX);
}
