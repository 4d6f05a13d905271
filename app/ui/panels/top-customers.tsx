import { type SortingState, useTable } from '@tanstack/react-table';
import { useDeferredValue, useMemo, useState } from 'react';
import type { CustomerUsage, Frame } from '#core/view/frame.ts';
import { formatDuration } from '../format.ts';
import { usePage } from '../use-page.ts';
import { columns, features, ranked } from './customer-columns.ts';
import { CustomerHeader } from './customer-header.tsx';
import { CustomerRows } from './customer-rows.tsx';
import { EmptyPanel } from './empty-panel.tsx';
import { Panel } from './panel.tsx';

const BY_SPEND: SortingState = [{ id: 'spend', desc: true }];

/** Every customer of the window, live-sorted; a click on one shows it alone. */
export function TopCustomers() {
  const frame = useDeferredValue(usePage((page) => page.frame));
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
  const { customers, windowMs } = frame;
  if (customers.length === 0) {
    return (
      <EmptyPanel title="No customer in this slice">
        Nothing was used in the last {formatDuration(windowMs)}. Take a filter away, or wait for
        what comes.
      </EmptyPanel>
    );
  }
  return <CustomerTable customers={customers} search={search} />;
}

interface CustomerTableProps {
  readonly customers: readonly CustomerUsage[];
  readonly search: string;
}

function CustomerTable({ customers, search }: CustomerTableProps) {
  const [sorting, setSorting] = useState(BY_SPEND);
  const data = useMemo(() => ranked(customers), [customers]);
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (row) => `${row.tenantId} ${row.customerId}`,
    globalFilterFn: 'includesString',
    enableSortingRemoval: false,
    state: { sorting, globalFilter: search },
    onSortingChange: setSorting,
  });
  const rows = table.getRowModel().rows.map((row) => row.original);
  return (
    <div
      className="customers"
      role="table"
      aria-label="Customers by spend"
      aria-rowcount={rows.length + 1}
    >
      <CustomerHeader
        headers={table.getFlatHeaders().map(({ column }) => ({
          id: column.id,
          name: String(column.columnDef.header),
          sorted: column.getIsSorted(),
          sort: () => column.toggleSorting(),
        }))}
      />
      <CustomerRows rows={rows} search={search} />
    </div>
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
