import { type SyntheticEvent, useId, useState } from 'react';
import { formatUsd } from '../format.ts';

/** What a busy organisation spends at most, US dollars per hour. */
const SUGGESTED_USD = 250_000;

interface GaugeMaximumProps {
  /** US dollars per hour; null: the gauge chooses. */
  readonly maximumUsd: number | null;
  readonly onChange: (maximumUsd: number | null) => void;
}

/** Where the gauge ends: by itself, or where the user wants it. */
export function GaugeMaximum({ maximumUsd, onChange }: GaugeMaximumProps) {
  const [isOpen, setIsOpen] = useState(false);
  const choose = (usd: number | null) => {
    onChange(usd);
    setIsOpen(false);
  };
  return (
    <details
      className="maximum"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>
        {maximumUsd === null ? 'Scale: automatic' : `Scale: ${formatUsd(maximumUsd)}`}
      </summary>
      {isOpen && <MaximumForm maximumUsd={maximumUsd} onChoose={choose} />}
    </details>
  );
}

interface MaximumFormProps {
  readonly maximumUsd: number | null;
  readonly onChoose: (maximumUsd: number | null) => void;
}

function MaximumForm({ maximumUsd, onChoose }: MaximumFormProps) {
  const [text, setText] = useState(String(maximumUsd ?? SUGGESTED_USD));
  const [isRefused, setIsRefused] = useState(false);
  const errorId = useId();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const usd = Number(text);
    const isUsable = Number.isFinite(usd) && usd > 0;
    setIsRefused(!isUsable);
    if (isUsable) onChoose(usd);
  };
  return (
    <form onSubmit={submit} noValidate>
      <label>
        Ends at, dollars an hour
        <input
          className="search"
          inputMode="decimal"
          value={text}
          aria-invalid={isRefused}
          aria-describedby={isRefused ? errorId : undefined}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {isRefused && (
        <p id={errorId} role="alert" className="form-error">
          Give an amount above 0, such as {SUGGESTED_USD}.
        </p>
      )}
      <div className="form-actions">
        <button type="submit">Set</button>
        <button type="button" onClick={() => onChoose(null)}>
          Automatic
        </button>
      </div>
    </form>
  );
}
