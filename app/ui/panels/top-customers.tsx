import { Suspense, useState } from 'react';
import type { Frame } from '#core/view/frame.ts';
import { useFrameInTurn } from '../frame-turn.ts';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { useTimeFormat } from '../time-format.ts';
import { EmptyPanel } from './empty-panel.tsx';
import { MissingHeadline } from './headline.tsx';
import { Panel } from './panel.tsx';

const CustomerTable = lazyAfterPaint(
  async () => (await import('./customer-table.tsx')).CustomerTable,
);

/** Every customer of the window, live-sorted; a click on one shows it alone. */
export function TopCustomers() {
  const frame = useFrameInTurn('Top customers');
  const [search, setSearch] = useState('');
  return (
    <Panel
      name="Top customers"
      width="half"
      isEmpty={!frame}
      controls={<SearchBox value={search} onChange={setSearch} />}
    >
      {frame && <Customers frame={frame} search={search} />}
    </Panel>
  );
}

function Customers({ frame, search }: { frame: Frame; search: string }) {
  const { customers, windowMs, coveredMs, range } = frame;
  const { formatKnown, formatWindow } = useTimeFormat();
  // Of what is not known nobody can say that nothing was used.
  if (coveredMs === 0) {
    return <MissingHeadline note={formatKnown(windowMs, coveredMs, range.endMs)} />;
  }
  if (customers.length === 0) {
    return (
      <EmptyPanel title="No customer in this slice">
        Nothing was used in {formatWindow(windowMs, coveredMs, range.endMs)}. Take a filter away, or
        wait for what comes.
      </EmptyPanel>
    );
  }
  return (
    <Suspense fallback={null}>
      <CustomerTable customers={customers} search={search} />
    </Suspense>
  );
}

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function SearchBox({ value, onChange }: SearchBoxProps) {
  return (
    <input
      className="search"
      type="search"
      placeholder="Search"
      aria-label="Search customers"
      data-shortcut="search"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
