import { useState } from 'react';
import { usePageStore } from '../use-page.ts';
import { type Act, decideHere } from './decide-here.ts';
import { SnoozeChoices } from './snooze-choices.tsx';
import type { Selection } from './use-selection.ts';

/** What can be done with all that are selected, at once. */
export function BulkBar({ selection }: { selection: Selection }) {
  const store = usePageStore();
  const [isSnoozing, setIsSnoozing] = useState(false);
  const decide = (act: Act) => {
    void decideHere(store, [...selection.ids], act);
    selection.selectAll(false);
  };
  return (
    <div className="bulk" role="group" aria-label="Selected incidents">
      <label>
        <input
          type="checkbox"
          checked={selection.isAll}
          onChange={({ target }) => selection.selectAll(target.checked)}
        />
        All
      </label>
      <span className="bulk-count" role="status">
        {selection.ids.size} selected
      </span>
      <button type="button" className="quiet" onClick={() => selection.selectAll(false)}>
        None
      </button>
      <div className="bulk-acts">
        <button type="button" onClick={() => decide({ state: 'acknowledged' })}>
          Acknowledge
        </button>
        <button type="button" onClick={() => decide({ state: 'dismissed' })}>
          Dismiss
        </button>
        <button type="button" aria-expanded={isSnoozing} onClick={() => setIsSnoozing(!isSnoozing)}>
          Snooze…
        </button>
      </div>
      {isSnoozing && (
        <SnoozeChoices
          onChoose={(untilMs) => decide({ state: 'snoozed', untilMs })}
          onCancel={() => setIsSnoozing(false)}
        />
      )}
    </div>
  );
}
