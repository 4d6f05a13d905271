import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type RefObject, useLayoutEffect } from 'react';
import type { RankedCustomer } from './customer-columns.ts';
import { CustomerRow } from './customer-row.tsx';

const ROWS_BEYOND = 6;

interface CustomerRowsProps {
  readonly rows: readonly RankedCustomer[];
  readonly search: string;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  /** All are alike, so that a change of rank is a move by whole rows. */
  readonly rowPx: number;
}

/** The rows in sight, each at its place: a row that changes its place slides there. */
export function CustomerRows({ rows, search, scrollRef, rowPx }: CustomerRowsProps) {
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowPx,
    overscan: ROWS_BEYOND,
    initialRect: { width: 800, height: 400 },
    getItemKey: (index) => keyOf(rows[index]) ?? index,
  });
  // A turned phone has other rows: what was reckoned with the old height is wrong.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  const height = { '--row': `${rowPx}px` };
  return (
    <div
      role="rowgroup"
      className="customers-body"
      ref={scrollRef}
      style={height as CSSProperties} // a custom property, which the type does not know
    >
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

function keyOf(row: RankedCustomer | undefined): string | undefined {
  return row && `${row.tenantId} ${row.customerId}`;
}
