import { isSameRange, REAL_TIME, SPANS_MS } from '#core/view/window.ts';
import { formatDuration } from '../format.ts';
import { serverNowMs } from '../selectors.ts';
import type { PageState } from '../store.ts';
import { useTimeActions } from '../time-actions.ts';
import { timeFormatOf } from '../time-format.ts';
import { usePage } from '../use-page.ts';
import type { AskStorage } from '../storage-questions.ts';
import { ChoiceStrip } from './choice-strip.tsx';
import { CsvButton } from './csv-button.tsx';
import { PlaybackBar } from './playback-bar.tsx';
import { RangePlace } from './range-place.tsx';
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
      <RangePlace />
      {range.endMs !== null && <HistoricalMode />}
      <CsvButton onStorage={onStorage} />
      <ZonePlace />
      <PlaybackBar />
    </div>
  );
}

function HistoricalMode() {
  const { backToLive } = useTimeActions();
  const isPlaying = usePage((page) => page.playback !== null);
  const speed = usePage((page) => page.speed);
  const text = usePage(stretchText);
  const lack = usePage(lackOf);
  return (
    <>
      <div className="time-mode">
        <p role="status" aria-label="Mode">
          <strong>{isPlaying ? `Playing at ${speed}×` : 'Historical'}</strong>
          {!isPlaying && ` ${text}`}
          {lack && <span className="time-lack"> · {lack}</span>}
        </p>
        {/* Changes too often to be read out. */}
        {isPlaying && <span className="time-stretch">{text}</span>}
      </div>
      <button type="button" className="time-button time-live" onClick={backToLive}>
        Back to live
      </button>
    </>
  );
}

/** What is missing of a stretch, and when it will be there; null: nothing is. */
function lackOf({ frame, range, playback, connection }: PageState): string | null {
  if (frame === null) return 'reading…';
  // While it is played, the frame on screen is always a moment behind.
  if (playback === null && !isSameRange(frame.range, range)) return 'reading…';
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
