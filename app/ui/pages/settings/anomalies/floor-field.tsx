import { useId } from 'react';

interface FloorFieldProps {
  readonly text: string;
  /** What is wrong with it; null: nothing. */
  readonly problem: string | null;
  readonly onChange: (text: string) => void;
}

/** How much money has to be at stake. */
export function FloorField({ text, problem, onChange }: FloorFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Floor, dollars an hour</label>
      <input
        id={id}
        className="search"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-means${problem === null ? '' : ` ${id}-problem`}`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-means`} className="quiet">
        Spending that would cost less than this an hour beyond the usual is nobody’s incident.
      </p>
      {problem !== null && (
        <p id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
