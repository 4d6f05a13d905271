import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { RankedCustomer } from './customer-columns.ts';
import { CustomerRow } from './customer-row.tsx';
import { rowAfterKey } from './row-keys.ts';

const ROWS_BEYOND = 6;

interface CustomerRowsProps {
  readonly rows: readonly RankedCustomer[];
  readonly search: string;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  /** All are alike, so that a change of rank is a move by whole rows. */
  readonly rowPx: number;
}

/** The rows in sight, each at its place: a row that changes its place slides there, and keeps the focus. */
export function CustomerRows({ rows, search, scrollRef, rowPx }: CustomerRowsProps) {
  const [activeKey, setActiveKey] = useState<string | null>(null);
  // The way in by Tab is the row where one was last, or the first.
  const activeIndex = Math.max(
    0,
    rows.findIndex((row) => row.key === activeKey),
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowPx,
    overscan: ROWS_BEYOND,
    initialRect: { width: 800, height: 400 },
    getItemKey: (index) => rows[index]?.key ?? index,
    rangeExtractor: (range) => withRow(range, activeIndex),
  });
  // A turned phone has other rows: what was reckoned with the old height is wrong.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const scroller = scrollRef.current;
    if (!scroller || event.ctrlKey || event.metaKey || event.altKey) return;
    const pageRows = Math.floor(scroller.clientHeight / rowPx) - 1;
    const index = rowAfterKey(event.key, activeIndex, rows.length, pageRows);
    const row = index === null ? undefined : rows[index];
    if (index === null || !row) return;
    event.preventDefault();
    // It has to be there before it can have the focus.
    flushSync(() => setActiveKey(row.key));
    const active = scroller.querySelector<HTMLElement>('.customer[tabindex="0"]');
    active?.focus({ preventScroll: true });
    active?.scrollIntoView({ block: 'nearest' });
  };
  const height = { '--row': `${rowPx}px` };
  return (
    <div
      role="rowgroup"
      className="customers-body"
      ref={scrollRef}
      style={height as CSSProperties} // a custom property, which the type does not know
    >
      {rows.length === 0 && <p className="customers-none">No customer matches “{search}”.</p>}
      <div
        role="presentation"
        className="customers-sizer"
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={walk}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const isActive = index === activeIndex;
          const shared = { row, index, startPx: start, isActive, onActivate: setActiveKey };
          return <CustomerRow key={row.key} {...shared} />;
        })}
      </div>
    </div>
  );
}

/** The rows in sight and one more, which keeps the focus wherever the list is scrolled to. */
function withRow(range: Range, index: number): number[] {
  const inSight = defaultRangeExtractor(range);
  if (inSight.includes(index) || index >= range.count) return inSight;
  return [...inSight, index].toSorted((a, b) => a - b);
}
