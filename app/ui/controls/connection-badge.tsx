import { useId, useState } from 'react';
import type { ConnectionState } from '#core/live/connection.ts';
import { connectionLabel } from '../connection-label.ts';
import { type Dwell, dwell } from '../dwell.ts';
import { useTimeFormat } from '../time-format.ts';
import { usePage } from '../use-page.ts';

/** How the numbers arrive or, when they do not, since when and what is done about it. */
export function ConnectionBadge({ onRetry }: { onRetry: () => void }) {
  const now = usePage((page) => page.now);
  const connection = useDwell(
    usePage((page) => page.connection),
    now.steadyMs,
  );
  const isSilent = usePage((page) => page.isSilent);
  const countdownId = useId();
  const { state, headline, countdown, separator, reason } = connectionLabel(
    connection,
    now,
    isSilent,
    useTimeFormat(),
  );
  return (
    <div className="connection">
      <div className="badge" role="status" aria-label="Connection" data-state={state}>
        <span className="badge-headline">{headline}</span>
        {countdown && (
          // It changes every second: read aloud only on the button, never by itself.
          <span className="badge-countdown" aria-hidden="true">
            <span className="badge-separator">{separator}</span>
            <span id={countdownId}>{countdown}</span>
          </span>
        )}
        {reason && <span className="badge-reason">{` — ${reason}`}</span>}
      </div>
      {countdown && (
        <button type="button" onClick={onRetry} aria-describedby={countdownId}>
          Retry now
        </button>
      )}
    </div>
  );
}

/** What was shown before decides: it is stepped while drawing, as the clock and the connection move. */
function useDwell(connection: ConnectionState, nowMs: number): ConnectionState {
  const [state, setState] = useState<Dwell>({ shown: connection, differsSinceMs: null });
  const next = dwell(state, connection, nowMs);
  const isNew = next.shown !== state.shown || next.differsSinceMs !== state.differsSinceMs;
  if (isNew) setState(next);
  return next.shown;
}
