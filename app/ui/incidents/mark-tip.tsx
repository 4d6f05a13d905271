import { serverNowMs } from '../selectors.ts';
import { useTimeFormat } from '../time-format.ts';
import { usePage } from '../use-page.ts';
import { ageWords, moneyWords, sentenceOf } from './incident-words.ts';
import { SeverityMark } from './severity-mark.tsx';
import { pastMsOf, type ShownIncident } from './shown-incidents.ts';
import { unusualWords } from './unusual-words.ts';

/** More would not be read. */
const MOST_TOLD = 3;

interface MarkTipProps {
  readonly id: string;
  readonly incidents: readonly ShownIncident[];
  /** Where on the axis, 0 to 1: it stays within. */
  readonly at: number;
}

/** What caused the incidents of a mark, how much, since when and how unusual that is. */
export function MarkTip({ id, incidents, at }: MarkTipProps) {
  const { formatOtherDay, formatMinute } = useTimeFormat();
  const atMs = usePage((page) => pastMsOf(page) ?? serverNowMs(page));
  const more = incidents.length - MOST_TOLD;
  return (
    <div
      className="chart-tip chart-mark-tip"
      role="tooltip"
      id={id}
      style={{ translate: `${-100 * at}%` }}
    >
      {incidents.slice(0, MOST_TOLD).map(({ anomaly }) => (
        <div key={anomaly.id}>
          <strong>{sentenceOf(anomaly)}</strong>
          <span>
            <SeverityMark severity={anomaly.severity} /> {moneyWords(anomaly)}
          </span>
          <span>
            since {formatOtherDay(anomaly.startMs, atMs)}
            {formatMinute(anomaly.startMs)}, {ageWords(anomaly, atMs)}
          </span>
          <span>{unusualWords(anomaly)}</span>
        </div>
      ))}
      {more > 0 && <span>and {more} more</span>}
    </div>
  );
}
