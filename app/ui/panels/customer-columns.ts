import {
  type ColumnDef,
  createSortedRowModel,
  type Row,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { CustomerUsage } from '#core/view/frame.ts';

/** Only what is used: ways to sort and to filter that nobody asks for would be a fiftieth of the page. */
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

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

type CustomerRow = Row<typeof features, RankedCustomer>;

const byName = (a: CustomerRow, b: CustomerRow) =>
  names.compare(a.original.customerId, b.original.customerId) ||
  names.compare(a.original.tenantId, b.original.tenantId);

/** A column of numbers: the first click shows the largest first. */
function numbers(
  id: string,
  header: string,
  numberOf: (row: RankedCustomer) => number,
  sortDescFirst = true,
): ColumnDef<typeof features, RankedCustomer> {
  const sortFn = (a: CustomerRow, b: CustomerRow) => numberOf(a.original) - numberOf(b.original);
  return { id, header, accessorFn: numberOf, sortFn, sortDescFirst };
}

export const columns: ColumnDef<typeof features, RankedCustomer>[] = [
  numbers('rank', '#', (row) => row.rank, false),
  {
    id: 'customer',
    header: 'Customer',
    accessorFn: (row) => row.customerId,
    sortFn: byName,
    sortDescFirst: false,
  },
  numbers('spend', 'Spend', (row) => row.costUsd),
  numbers('share', 'Share', (row) => row.share),
  numbers('tokens', 'Tokens', (row) => row.tokens),
  numbers('calls', 'Calls', (row) => row.calls),
  numbers('latency', 'Latency', (row) => row.meanLatencyMs ?? 0),
];

/** Those that have `search` in their name or their tenant's, in any case. */
export function customersLike(
  customers: readonly RankedCustomer[],
  search: string,
): readonly RankedCustomer[] {
  const wanted = search.toLowerCase();
  if (wanted === '') return customers;
  return customers.filter(({ customerId, tenantId }) =>
    `${customerId} ${tenantId}`.toLowerCase().includes(wanted),
  );
}

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
