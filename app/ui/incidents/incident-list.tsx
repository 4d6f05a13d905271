import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { usePage } from '../use-page.ts';
import { IncidentRow } from './incident-row.tsx';
import type { ShownIncident } from './shown-incidents.ts';
import { useIncidentKeys } from './use-incident-keys.ts';
import type { Selection } from './use-selection.ts';

/** A row that was never measured, px. */
const ROW_PX = 116;
const ROWS_BEYOND = 4;
/** So long what is opened is kept in sight while others come before it: a link is opened before the incidents are there. */
const SETTLING_MS = 10_000;

interface IncidentListProps {
  readonly rows: readonly ShownIncident[];
  readonly selection: Selection;
}

/** The rows in sight; one stop of the keyboard. */
export function IncidentList({ rows, selection }: IncidentListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const picked = usePage((page) => page.pickedIncident);
  const keys = useIncidentKeys(rows, selection, scrollRef);
  const { activeIndex } = keys;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_PX,
    overscan: ROWS_BEYOND,
    initialRect: { width: 460, height: 640 },
    getItemKey: (index) => rows[index]?.anomaly.id ?? index,
    rangeExtractor: (range) => withRow(range, activeIndex),
  });
  const pickedAt = useRef({ id: picked, ms: performance.now() });
  const pickedIndex = rows.findIndex(({ anomaly }) => anomaly.id === picked);
  useEffect(() => {
    if (pickedAt.current.id !== picked) pickedAt.current = { id: picked, ms: performance.now() };
    // What was opened a while ago may have been scrolled away from.
    if (pickedIndex < 0 || performance.now() - pickedAt.current.ms > SETTLING_MS) return;
    const section = scrollRef.current?.closest('section');
    // Whoever opened it in the list sees it; whoever opened it elsewhere is brought to its beginning.
    const isHere = section?.contains(document.activeElement) ?? false;
    virtualizer.scrollToIndex(pickedIndex, { align: isHere ? 'auto' : 'start' });
    if (!isHere) section?.scrollIntoView({ block: 'nearest' });
  }, [virtualizer, picked, pickedIndex]);
  return (
    <div
      className="incidents-body"
      role="presentation"
      ref={scrollRef}
      onKeyDown={keys.press}
      onFocus={keys.follow}
    >
      <div
        role="list"
        aria-label="Incidents"
        className="incidents-sizer"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const { id } = row.anomaly;
          return (
            <IncidentRow
              key={id}
              shown={row}
              place={index}
              count={rows.length}
              startPx={start}
              measure={virtualizer.measureElement}
              isActive={index === activeIndex}
              isOpen={id === picked}
              isSelected={selection.ids.has(id)}
              isSnoozing={keys.snoozing === id}
              acts={keys.acts}
            />
          );
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
