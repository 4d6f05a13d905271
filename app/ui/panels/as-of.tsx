import { ageOf } from '#core/view/freshness.ts';
import { formatAge } from '../format.ts';
import { pageFreshness, serverNowMs } from '../selectors.ts';
import type { PageState } from '../store.ts';
import { timeFormatOf } from '../time-format.ts';
import { usePage } from '../use-page.ts';

/** Up to when the numbers are complete and, unless they are live, how long ago that was. */
export function AsOf() {
  const asOfMs = usePage((page) => page.frame?.asOfMs ?? null);
  const text = usePage(asOfText);
  if (asOfMs === null) return null;
  return (
    <time className="as-of" dateTime={new Date(asOfMs).toISOString()}>
      {text}
    </time>
  );
}

function asOfText(page: PageState): string {
  const asOfMs = page.frame?.asOfMs ?? null;
  if (asOfMs === null) return '';
  const { formatOtherDay, formatTime } = timeFormatOf(page.zone);
  const nowMs = serverNowMs(page);
  const moment = `as of ${formatOtherDay(asOfMs, nowMs)}${formatTime(asOfMs)}`;
  if (pageFreshness(page) === 'live') return moment;
  const ageMs = ageOf(asOfMs, nowMs);
  return `${moment}, ${ageMs === null ? 'age unknown' : formatAge(ageMs)}`;
}
