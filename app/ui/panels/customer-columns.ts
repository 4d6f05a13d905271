import {
  type ColumnDef,
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  filterFns,
  globalFilteringFeature,
  rowSortingFeature,
  sortFns,
  tableFeatures,
} from '@tanstack/react-table';
import type { CustomerUsage } from '#core/view/frame.ts';

export const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
  sortFns,
  filterFns,
});

/** A customer with its place by spend, whatever the table is sorted by. */
export interface RankedCustomer extends CustomerUsage {
  /** A customer's id is its own only within its tenant. */
  readonly key: string;
  readonly rank: number;
  /** Part of the spend of all that is shown, 0 to 1. */
  readonly share: number;
  /** The spend as a part of the highest, 0 to 1: the length of its bar. */
  readonly partOfMost: number;
}

/** First click on a number shows the largest first, on a name the first of the alphabet. */
export const columns: ColumnDef<typeof features, RankedCustomer>[] = [
  { id: 'rank', accessorKey: 'rank', header: '#', sortDescFirst: false, enableGlobalFilter: false },
  {
    id: 'customer',
    accessorFn: (row) => `${row.customerId} ${row.tenantId}`,
    header: 'Customer',
    sortDescFirst: false,
    filterFn: 'includesString',
  },
  { id: 'spend', accessorKey: 'costUsd', header: 'Spend', enableGlobalFilter: false },
  { id: 'share', accessorKey: 'share', header: 'Share', enableGlobalFilter: false },
  { id: 'tokens', accessorKey: 'tokens', header: 'Tokens', enableGlobalFilter: false },
  { id: 'calls', accessorKey: 'calls', header: 'Calls', enableGlobalFilter: false },
  {
    id: 'latency',
    accessorFn: (row) => row.meanLatencyMs ?? 0,
    header: 'Latency',
    enableGlobalFilter: false,
  },
];

/** @param customers highest spend first */
export function ranked(customers: readonly CustomerUsage[]): RankedCustomer[] {
  const totalUsd = customers.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const mostUsd = customers[0]?.costUsd ?? 0;
  return customers.map((customer, i) => ({
    ...customer,
    key: `${customer.tenantId} ${customer.customerId}`,
    rank: i + 1,
    share: totalUsd === 0 ? 0 : customer.costUsd / totalUsd,
    partOfMost: mostUsd === 0 ? 0 : customer.costUsd / mostUsd,
  }));
}
