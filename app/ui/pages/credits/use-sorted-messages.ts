import { functionalUpdate, useTable } from '@tanstack/react-table';
import type { UsedMessage } from '#core/view/credits.ts';
import { isSortColumn, type SortKey } from './credits-view.ts';
import { columns, features } from './message-columns.ts';
import type { SortButton } from './message-header.tsx';

/** Messages in the order of the server until a column is pressed; another one that is pressed sorts within. */
export function useSortedMessages(
  messages: readonly UsedMessage[],
  sort: readonly SortKey[],
  onSort: (sort: readonly SortKey[]) => void,
): { readonly sorted: readonly UsedMessage[]; readonly buttons: readonly SortButton[] } {
  const sorting = [...sort];
  const table = useTable({
    features,
    columns,
    data: messages,
    getRowId: (message) => String(message.place),
    state: { sorting },
    onSortingChange: (update) => onSort(functionalUpdate(update, sorting).filter(isSortKey)),
  });
  const buttons = table.getAllLeafColumns().flatMap((column): SortButton[] => {
    if (!isSortColumn(column.id)) return [];
    return [
      {
        id: column.id,
        sorted: column.getIsSorted(),
        place: column.getSortIndex() + 1,
        // Always one of several: a plain click keeps what is sorted by already.
        sort: () => column.toggleSorting(undefined, true),
      },
    ];
  });
  return { sorted: table.getRowModel().rows.map((row) => row.original), buttons };
}

function isSortKey(key: { id: string; desc: boolean }): key is SortKey {
  return isSortColumn(key.id);
}
