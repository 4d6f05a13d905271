interface HeaderCell {
  readonly id: string;
  readonly name: string;
  readonly sorted: false | 'asc' | 'desc';
  readonly sort: () => void;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;
const ARROW = { asc: '▲', desc: '▼' } as const;

/** Names of the columns; each is a button that sorts by it, and turns the order when pressed again. */
export function CustomerHeader({ headers }: { headers: readonly HeaderCell[] }) {
  return (
    <div role="rowgroup" className="customers-head">
      <div role="row" className="customer" aria-rowindex={1}>
        {headers.map(({ id, name, sorted, sort }) => (
          <span
            key={id}
            role="columnheader"
            className={`customer-${id}`}
            aria-sort={sorted === false ? 'none' : ARIA_SORT[sorted]}
          >
            <button type="button" onClick={sort} aria-label={id === 'rank' ? 'Rank' : name}>
              {name}
              <span className="customers-arrow" aria-hidden="true">
                {sorted === false ? '' : ARROW[sorted]}
              </span>
            </button>
          </span>
        ))}
        <span role="columnheader" className="customer-trend">
          Trend
        </span>
      </div>
    </div>
  );
}
