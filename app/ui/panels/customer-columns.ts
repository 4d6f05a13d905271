import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
} from '@tanstack/react-table';
import type { CustomerUsage } from '#core/view/frame.ts';

/** No more of the library than is used: it is on the page that everybody loads. */
export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
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
  { id: 'rank', accessorKey: 'rank', header: '#', sortFn: sortFn_basic, sortDescFirst: false },
  {
    id: 'customer',
    accessorFn: (row) => `${row.customerId} ${row.tenantId}`,
    header: 'Customer',
    sortDescFirst: false,
    sortFn: sortFn_text,
  },
  { id: 'spend', accessorKey: 'costUsd', header: 'Spend', sortFn: sortFn_basic },
  { id: 'share', accessorKey: 'share', header: 'Share', sortFn: sortFn_basic },
  { id: 'tokens', accessorKey: 'tokens', header: 'Tokens', sortFn: sortFn_basic },
  { id: 'calls', accessorKey: 'calls', header: 'Calls', sortFn: sortFn_basic },
  {
    id: 'latency',
    accessorFn: (row) => row.meanLatencyMs ?? 0,
    header: 'Latency',
    sortFn: sortFn_basic,
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

/** Those whose name, or whose tenant's, has the text in it, in any case. */
export function found(customers: readonly RankedCustomer[], text: string): RankedCustomer[] {
  const wanted = text.toLowerCase();
  return customers.filter(({ customerId, tenantId }) =>
    `${customerId} ${tenantId}`.toLowerCase().includes(wanted),
  );
}
