import {
  type ColumnDef,
  createSortedRowModel,
  type Row,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { UsedMessage } from '#core/view/credits.ts';
import type { SortColumn } from './credits-view.ts';

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

/** The same for whoever opens an address: not the language of the reader. */
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

type MessageRow = Row<typeof features, UsedMessage>;

const byReport = (a: MessageRow, b: MessageRow) =>
  names.compare(a.original.reportName ?? '', b.original.reportName ?? '');
const byCredits = (a: MessageRow, b: MessageRow) => a.original.hundredths - b.original.hundredths;

/** The columns that can be sorted by; a name first as the alphabet has it, a number the smallest. */
export const columns: (ColumnDef<typeof features, UsedMessage> & { id: SortColumn })[] = [
  {
    id: 'report',
    accessorFn: (message) => message.reportName,
    sortFn: byReport,
    // Those without a report have nothing to be sorted by, up or down.
    sortUndefined: 'last',
    sortDescFirst: false,
  },
  {
    id: 'credits',
    accessorFn: (message) => message.hundredths,
    sortFn: byCredits,
    sortDescFirst: false,
  },
];
