import { useId } from 'react';
import { connectionLabel } from '../connection-label.ts';
import { usePage } from '../use-page.ts';

/** How the numbers arrive or, when they do not, since when and what is done about it. */
export function ConnectionBadge({ onRetry }: { onRetry: () => void }) {
  const connection = usePage((page) => page.connection);
  const now = usePage((page) => page.now);
  const isSilent = usePage((page) => page.isSilent);
  const countdownId = useId();
  const { state, headline, countdown, separator, reason } = connectionLabel(
    connection,
    now,
    isSilent,
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
