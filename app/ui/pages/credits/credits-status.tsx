import type { UsageChange } from '#core/view/credits.ts';
import { ageOf } from '#core/view/freshness.ts';
import { formatAge } from '../../format.ts';
import { serverNowMs } from '../../selectors.ts';
import { useTimeFormat } from '../../time-format.ts';
import { usePage } from '../../use-page.ts';
import { creditsFreshness } from './credits-panel.tsx';
import type { ShownUsage } from './use-usage.ts';

/** When the server last said what is shown, what that changed, and what is wrong now. */
export function CreditsStatus({ known, change, failure, isAsking, isKept, refresh }: ShownUsage) {
  const { formatMinute, formatOtherDay } = useTimeFormat();
  const sinceMs = change?.sinceMs ?? 0;
  const since = usePage(
    (page) => formatOtherDay(sinceMs, serverNowMs(page)) + formatMinute(sinceMs),
  );
  return (
    <div className="credits-status">
      {known && <HeardAt heardAtMs={known.heardAtMs} />}
      <p role="status" aria-label="Changes" className="credits-change">
        {failure === null && change && `${partsOf(change)} since ${since}`}
      </p>
      {known && failure !== null && (
        <p className="credits-failure" role="alert">
          {failure}: this is what it said before.
          <button type="button" disabled={isAsking} onClick={refresh}>
            Try again
          </button>
        </p>
      )}
      {!isKept && <p className="credits-failure">Not stored on this device</p>}
    </div>
  );
}

function HeardAt({ heardAtMs }: { heardAtMs: number }) {
  const format = useTimeFormat();
  const isOld = usePage((page) => creditsFreshness(page, heardAtMs) !== 'live');
  const text = usePage((page) => {
    const nowMs = serverNowMs(page);
    const ageMs = ageOf(heardAtMs, nowMs);
    const day = format.formatOtherDay(heardAtMs, nowMs);
    const moment = `as of ${day}${format.formatTime(heardAtMs)}`;
    if (!isOld) return moment;
    return `${moment}, ${ageMs === null ? 'age unknown' : formatAge(ageMs)}`;
  });
  return (
    <time
      className={isOld ? 'as-of credits-old' : 'as-of'}
      dateTime={new Date(heardAtMs).toISOString()}
    >
      {text}
    </time>
  );
}

/** "3 new messages, 1 changed" */
function partsOf({ added, changed, gone }: UsageChange): string {
  const parts = [
    added > 0 && `${added} new ${added === 1 ? 'message' : 'messages'}`,
    changed > 0 && `${changed} changed`,
    gone > 0 && `${gone} no longer in the period`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}
