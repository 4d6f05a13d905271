import { isSameRange, REAL_TIME, SPANS_MS, type TimeRange } from '#core/view/window.ts';
import { formatDuration } from '../format.ts';
import { serverNowMs } from '../selectors.ts';
import type { PageState } from '../store.ts';
import { useTimeActions } from '../time-actions.ts';
import { timeFormatOf } from '../time-format.ts';
import { usePage } from '../use-page.ts';
import type { AskStorage } from '../storage-questions.ts';
import { ChoiceStrip } from './choice-strip.tsx';
import { CsvButton } from './csv-button.tsx';
import { ZonePlace } from './zone-place.tsx';

const NAMES = SPANS_MS.map((one) => formatDuration(one));
const LABELS = Object.fromEntries(NAMES.map((name) => [name, name]));

/** How much of the past is shown, and whether it moves on: real time, or a stretch of the past that stays. */
export function TimeBar({ onStorage }: { onStorage: AskStorage }) {
  const range = usePage((page) => page.range);
  const { showSpan } = useTimeActions();
  return (
    <div className="time-bar" role="group" aria-label="Time range">
      <ChoiceStrip
        className="views"
        name="Window"
        choices={NAMES}
        chosen={formatDuration(range.spanMs)}
        onChoose={(name) => showSpan(SPANS_MS[NAMES.indexOf(name)] ?? REAL_TIME.spanMs)}
        labels={LABELS}
      />
      {range.endMs === null ? <StopButton /> : <HistoricalControls range={range} />}
      <CsvButton onStorage={onStorage} />
      <ZonePlace />
    </div>
  );
}

function StopButton() {
  const { stopHere } = useTimeActions();
  const hasFrame = usePage((page) => page.frame?.asOfMs !== null && page.frame !== null);
  return (
    <button type="button" className="time-button" disabled={!hasFrame} onClick={stopHere}>
      Stop here
    </button>
  );
}

function HistoricalControls({ range }: { range: TimeRange }) {
  const { pan, backToLive } = useTimeActions();
  const text = usePage(stretchText);
  const lack = usePage(lackOf);
  const isNewest = usePage((page) => (range.endMs ?? 0) >= serverNowMs(page) - range.spanMs / 4);
  return (
    <>
      <p className="time-mode" role="status" aria-label="Mode">
        <strong>Historical</strong> {text}
        {lack && <span className="time-lack"> · {lack}</span>}
      </p>
      <button type="button" className="time-button" onClick={() => pan(-1)}>
        Earlier
      </button>
      <button type="button" className="time-button" disabled={isNewest} onClick={() => pan(1)}>
        Later
      </button>
      <button type="button" className="time-button time-live" onClick={backToLive}>
        Back to live
      </button>
    </>
  );
}

/** What is missing of a stretch, and when it will be there; null: nothing is. */
function lackOf({ frame, range, connection }: PageState): string | null {
  const isShown = frame !== null && isSameRange(frame.range, range);
  if (!isShown) return 'reading…';
  if (frame.coveredMs >= frame.windowMs) return null;
  const what = frame.coveredMs === 0 ? 'not' : 'not all of it';
  if (connection.kind === 'live') return `${what} on this device yet, it is being fetched`;
  return `${what} on this device, it comes when the server is back`;
}

/** "20 Nov 09:00 to 10:00" */
function stretchText(page: PageState): string {
  const { spanMs, endMs } = page.range;
  if (endMs === null) return '';
  const { formatMinute, formatOtherDay } = timeFormatOf(page.zone);
  const nowMs = serverNowMs(page);
  const fromMs = endMs - spanMs;
  const from = `${formatOtherDay(fromMs, nowMs)}${formatMinute(fromMs)}`;
  return `${from} to ${formatOtherDay(endMs, fromMs)}${formatMinute(endMs)}`;
}
