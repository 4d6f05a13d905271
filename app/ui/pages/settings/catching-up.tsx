import { catchUpText } from '../../controls/catch-up-notice.tsx';
import { usePage } from '../../use-page.ts';

/** Whether history is complete, and what is done about it. */
export function CatchingUp({ onCatchUp }: { onCatchUp: (isWanted: boolean) => void }) {
  const catchUp = usePage((page) => page.catchUp);
  const isCancelled = catchUp?.isCancelled ?? false;
  return (
    <section className="panel setting" aria-label="History">
      <h3>History</h3>
      <div className="setting-line">
        {catchUp === null && (
          <p>Complete: an hour at 5 seconds, a day at 1 minute, 30 days at 1 hour.</p>
        )}
        {catchUp !== null && (
          <p>{isCancelled ? 'Incomplete: catching up was stopped.' : catchUpText(catchUp)}</p>
        )}
        {catchUp !== null && (
          <button type="button" onClick={() => onCatchUp(isCancelled)}>
            {isCancelled ? 'Go on' : 'Cancel'}
          </button>
        )}
      </div>
    </section>
  );
}
