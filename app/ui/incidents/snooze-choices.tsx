import { useEffect, useRef } from 'react';
import { serverNowMs } from '../selectors.ts';
import { timeFormatOf } from '../time-format.ts';
import { usePageStore } from '../use-page.ts';
import { snoozeTimes } from './snooze-times.ts';

interface SnoozeChoicesProps {
  /** @param untilMs epoch ms */
  readonly onChoose: (untilMs: number) => void;
  readonly onCancel: () => void;
}

/** For how long an incident is left alone; whoever asked by keyboard goes on by keyboard. */
export function SnoozeChoices({ onChoose, onCancel }: SnoozeChoicesProps) {
  const store = usePageStore();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const page = store.getState();
  const times = snoozeTimes(timeFormatOf(page.zone).zone, serverNowMs(page));
  return (
    <div className="snooze" role="group" aria-label="Snooze for how long">
      <span aria-hidden="true">Snooze</span>
      {times.map(({ words }, i) => (
        <button
          key={words}
          type="button"
          ref={i === 0 ? first : null}
          // Reckoned from the press, however long one has thought about it.
          onClick={() => {
            const now = store.getState();
            const chosen = snoozeTimes(timeFormatOf(now.zone).zone, serverNowMs(now))[i];
            if (chosen) onChoose(chosen.untilMs);
          }}
        >
          {words}
        </button>
      ))}
      <button type="button" className="quiet" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}
