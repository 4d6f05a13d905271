import type { SortColumn } from './credits-view.ts';

export interface SortButton {
  readonly id: SortColumn;
  readonly sorted: false | 'asc' | 'desc';
  /** Place among the columns that are sorted by, from 1; 0: it is none of them. */
  readonly place: number;
  readonly sort: () => void;
}

interface MessageHeaderProps {
  readonly buttons: readonly SortButton[];
}

const COLUMNS: readonly { readonly id: 'id' | 'time' | SortColumn; readonly name: string }[] = [
  { id: 'id', name: 'Message ID' },
  { id: 'time', name: 'Timestamp' },
  { id: 'report', name: 'Report Name' },
  { id: 'credits', name: 'Credits Used' },
];

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;
const ARROW = { asc: '▲', desc: '▼', none: '↕' } as const;

/** Names of the columns; those with a button sort up, then down, then not at all, each after those that sort already. */
export function MessageHeader({ buttons }: MessageHeaderProps) {
  const sortedBy = buttons.filter((button) => button.place > 0).length;
  return (
    <div role="rowgroup" className="messages-head">
      <div role="row" className="message" aria-rowindex={1}>
        {COLUMNS.map(({ id, name }) => {
          const button = buttons.find((one) => one.id === id);
          return (
            <span
              key={id}
              role="columnheader"
              className={`message-${id}`}
              aria-sort={button && ariaSortOf(button)}
            >
              {button ? <SortBy name={name} button={button} sortedBy={sortedBy} /> : name}
            </span>
          );
        })}
      </div>
    </div>
  );
}

/** Only the first may say so: for assistive technology a table is sorted by one column. */
function ariaSortOf({ sorted, place }: SortButton) {
  return sorted !== false && place === 1 ? ARIA_SORT[sorted] : 'none';
}

interface SortByProps {
  readonly name: string;
  readonly button: SortButton;
  /** Columns that are sorted by. */
  readonly sortedBy: number;
}

function SortBy({ name, button, sortedBy }: SortByProps) {
  const { sorted, place, sort } = button;
  const isOneOfMany = sortedBy > 1 && sorted !== false;
  return (
    <button type="button" onClick={sort} data-sorted={sorted}>
      {name}
      <span className="message-arrow" aria-hidden="true">
        {ARROW[sorted === false ? 'none' : sorted]}
        {isOneOfMany && <sup>{place}</sup>}
      </span>
      {isOneOfMany && (
        <span className="for-screen-readers">
          , {ARIA_SORT[sorted]}, {place} of {sortedBy}
        </span>
      )}
    </button>
  );
}
