import type { IncidentFilter } from './incident-filter.ts';
import { KIND_WORDS, SEVERITY_WORDS, STATE_WORDS } from './incident-words.ts';
import type { ShownIncident } from './shown-incidents.ts';

interface IncidentFiltersProps {
  readonly filter: IncidentFilter;
  readonly onFilter: (filter: IncidentFilter) => void;
  readonly shown: readonly ShownIncident[];
}

/** How many are open of those that are listed, and which are listed. */
export function IncidentFilters({ filter, onFilter, shown }: IncidentFiltersProps) {
  const open = shown.filter(({ standing }) => standing.state === 'open').length;
  return (
    <div className="incidents-filters" role="group" aria-label="Incidents listed">
      <p className="incidents-count">
        <strong>{open}</strong> open of {shown.length}
      </p>
      <Choice
        label="State"
        words={STATE_WORDS}
        value={filter.state}
        onChange={(state) => onFilter({ ...filter, state })}
      />
      <Choice
        label="Severity"
        words={SEVERITY_WORDS}
        value={filter.severity}
        onChange={(severity) => onFilter({ ...filter, severity })}
      />
      <Choice
        label="Kind"
        words={KIND_WORDS}
        value={filter.kind}
        onChange={(kind) => onFilter({ ...filter, kind })}
      />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly words: Readonly<Record<T, string>>;
  readonly value: T | null;
  readonly onChange: (value: T | null) => void;
}

function Choice<T extends string>({ label, words, value, onChange }: ChoiceProps<T>) {
  const values = Object.keys(words) as T[]; // an object literal has exactly these keys
  return (
    <select
      aria-label={label}
      data-chosen={value !== null || undefined}
      value={value ?? ''}
      onChange={({ target }) => onChange(values.find((one) => one === target.value) ?? null)}
    >
      <option value="">{label}</option>
      {values.map((one) => (
        <option key={one} value={one}>
          {words[one]}
        </option>
      ))}
    </select>
  );
}
