import { type Dimension, DIMENSIONS, isEverything } from '#core/view/filter.ts';
import { useFilterActions } from '../filter-actions.ts';
import { usePage } from '../use-page.ts';
import { PickerPlace } from './picker-place.tsx';

const NAMES: Record<Dimension, string> = {
  tenants: 'tenant',
  customers: 'customer',
  models: 'model',
};

const loadPicker = async () => (await import('./filter-picker.tsx')).FilterPicker;

function DimensionPicker({ dimension, name }: { dimension: Dimension; name: string }) {
  const field = {
    label: `Filter by ${name}`,
    placeholder: `Any ${name}`,
    shortcut: dimension === 'tenants' ? 'filter' : undefined,
  } as const;
  return <PickerPlace field={field} load={loadPicker} props={{ dimension, name, field }} />;
}

/** What the page shows a slice of: pick a value, or take one away again. */
export function FilterBar() {
  const filter = usePage((page) => page.filter);
  const { toggle, clear } = useFilterActions();
  return (
    <div className="filter-bar" role="group" aria-label="Filter">
      {DIMENSIONS.map((dimension) => (
        <DimensionPicker key={dimension} dimension={dimension} name={NAMES[dimension]} />
      ))}
      {isEverything(filter) ? (
        <span className="filter-note">Everything is shown</span>
      ) : (
        <ul className="chips" aria-label="Active filters">
          {DIMENSIONS.flatMap((dimension) =>
            filter[dimension].map((value) => (
              <li key={`${dimension} ${value}`}>
                <button
                  type="button"
                  className="chip"
                  aria-label={`Remove ${NAMES[dimension]} ${value}`}
                  onClick={() => toggle(dimension, value)}
                >
                  <span className="chip-kind">{NAMES[dimension]}</span> {value}
                  <span aria-hidden="true">×</span>
                </button>
              </li>
            )),
          )}
          <li>
            <button type="button" className="chip-clear" onClick={clear}>
              Clear all
            </button>
          </li>
        </ul>
      )}
    </div>
  );
}
