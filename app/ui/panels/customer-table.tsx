import { type SortingState, useTable } from '@tanstack/react-table';
import { useMemo, useRef, useState } from 'react';
import type { CustomerUsage } from '#core/view/frame.ts';
import { columns, customersLike, features, ranked } from './customer-columns.ts';
import { CustomerHeader } from './customer-header.tsx';
import { useCustomerLayout } from './customer-layout.ts';
import { CustomerRows } from './customer-rows.tsx';

const BY_SPEND: SortingState = [{ id: 'spend', desc: true }];

interface CustomerTableProps {
  readonly customers: readonly CustomerUsage[];
  readonly search: string;
}

/** Sorted as the user wants, and by spend until then; found by what is searched for. */
export function CustomerTable({ customers, search }: CustomerTableProps) {
  const [sorting, setSorting] = useState(BY_SPEND);
  const scrollRef = useRef<HTMLDivElement>(null);
  const { isCards, rowPx } = useCustomerLayout(scrollRef);
  const all = useMemo(() => ranked(customers), [customers]);
  const data = useMemo(() => customersLike(all, search), [all, search]);
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (row) => row.key,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: setSorting,
  });
  const rows = table.getRowModel().rows.map((row) => row.original);
  return (
    <div
      className={isCards ? 'customers customers-as-cards' : 'customers'}
      role="grid"
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
      <CustomerRows rows={rows} search={search} scrollRef={scrollRef} rowPx={rowPx} />
    </div>
  );
}
