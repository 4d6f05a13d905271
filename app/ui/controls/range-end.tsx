import { type Ref, useId } from 'react';
import type { End, TypedInstant } from '../typed-range.ts';

const NAMES = {
  from: { legend: 'From', date: 'First day', time: 'Time it begins', empty: '00:00' },
  to: { legend: 'To', date: 'Last day', time: 'Time it ends', empty: 'end of day' },
} as const;

interface RangeEndProps {
  readonly end: End;
  readonly value: TypedInstant;
  /** What is wrong with it, in words for people; null: nothing. */
  readonly problem: string | null;
  readonly onChange: (value: TypedInstant) => void;
  readonly onLeave: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Date and time of one end. The fields keep what was typed, whatever it is. */
export function RangeEnd({ end, value, problem, onChange, onLeave, inputRef }: RangeEndProps) {
  const problemId = useId();
  const names = NAMES[end];
  const said = problem === null ? {} : { 'aria-invalid': true, 'aria-describedby': problemId };
  return (
    <fieldset className="range-end">
      <legend>{names.legend}</legend>
      <input
        {...said}
        ref={inputRef}
        name={`${end}-date`}
        aria-label={names.date}
        placeholder="YYYY-MM-DD"
        autoComplete="off"
        value={value.date}
        onChange={(event) => onChange({ ...value, date: event.target.value })}
        onBlur={onLeave}
      />
      <input
        {...said}
        name={`${end}-time`}
        aria-label={names.time}
        placeholder={names.empty}
        autoComplete="off"
        value={value.time}
        onChange={(event) => onChange({ ...value, time: event.target.value })}
        onBlur={onLeave}
      />
      <p className="range-problem" id={problemId} aria-live="polite">
        {problem}
      </p>
    </fieldset>
  );
}
