import { pageDatabase } from '../page-database.ts';
import type { NoticeRow } from '#app/database/database.ts';
import { formatDuration } from '../format.ts';
import { timeFormatOf } from '../time-format.ts';
import { serverNowMs } from '../selectors.ts';
import type { PageState } from '../store.ts';
import { usePage } from '../use-page.ts';
import { sentenceOf } from './incident-words.ts';

/** What became of decisions of the user's that do not count, until they have read it. */
export function IncidentNotices() {
  const notices = usePage((page) => page.notices);
  return (
    <ul className="incident-notices" aria-label="What became of your decisions">
      {notices.map((notice) => (
        <Notice key={notice.number} notice={notice} />
      ))}
    </ul>
  );
}

function Notice({ notice }: { notice: NoticeRow }) {
  const words = usePage((page) => noticeWords(page, notice));
  const about = usePage(({ incidents }) => {
    const known = incidents?.find(({ anomaly }) => anomaly.id === notice.incidentId);
    return known ? sentenceOf(known.anomaly) : 'An incident that is no longer known here';
  });
  return (
    <li data-kind={notice.what.kind}>
      <div>
        <strong>{words}</strong>
        <p>{about}</p>
      </div>
      <button type="button" aria-label={`Dismiss: ${words}`} onClick={() => forget(notice)}>
        OK
      </button>
    </li>
  );
}

/** What the storage does not forget is shown on. */
function forget({ number }: NoticeRow): void {
  void pageDatabase?.notices.delete(number).catch(() => undefined);
}

const DID = {
  acknowledged: 'acknowledged',
  dismissed: 'dismissed',
  snoozed: 'snoozed',
  open: 'opened',
} as const;

/** "Ben dismissed this at 14:05, 2 min after you acknowledged it" */
function noticeWords(page: PageState, { request, what }: NoticeRow): string {
  const own = DID[request.state];
  if (what.kind === 'refused') return `The server refused that you ${own} this: ${what.reason}`;
  const { by, mineMs } = what;
  const gap = mineMs === undefined ? '' : `${formatDuration(Math.max(0, by.atMs - mineMs))} `;
  const { formatOtherDay, formatMinute } = timeFormatOf(page.zone);
  const at = `${formatOtherDay(by.atMs, serverNowMs(page))}${formatMinute(by.atMs)}`;
  const who = by.who === '' ? 'Somebody' : by.who;
  return `${who} ${DID[by.state]} this at ${at}, ${gap}after you ${own} it`;
}
