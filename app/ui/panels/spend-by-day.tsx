import type { DayUse, Frame } from '#core/view/frame.ts';
import { formatCountShort, formatDuration, formatShare, formatUsd } from '../format.ts';
import { type TimeFormat, timeFormatOf } from '../time-format.ts';
import { usePage } from '../use-page.ts';
import { Panel } from './panel.tsx';
import '../theme/days.css';

const DAY_MS = 86_400_000;
const MICRO_USD_PER_USD = 1e6;

/** What each local day of the window cost; together exactly what the window cost. */
export function SpendByDay() {
  const days = usePage((page) => page.frame?.days ?? null);
  return (
    <Panel name="Spend by day" width="full" isEmpty={false}>
      {days && <Days days={days} />}
    </Panel>
  );
}

function Days({ days }: { days: NonNullable<Frame['days']> }) {
  const { zone, uses } = days;
  const format = timeFormatOf(zone);
  const total = (of: (day: DayUse) => number) => uses.reduce((sum, day) => sum + of(day), 0);
  const totalMicroUsd = total((day) => day.costMicroUsd);
  const most = Math.max(...uses.map((day) => day.costMicroUsd));
  return (
    <>
      <p className="days-note">
        Days of {zone}. Together they are the spend above; each is rounded for itself.
      </p>
      {/* A region that scrolls is a stop of the keyboard, or its end could not be reached by it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <div className="days" role="group" aria-label="Days, newest first" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <Bar ofMost={0} />
              <th scope="col">Spend</th>
              <th scope="col">Share</th>
              <th scope="col">Tokens</th>
              <th scope="col">Calls</th>
            </tr>
          </thead>
          <tbody>
            {uses.toReversed().map((day) => (
              <DayRow
                key={day.fromMs}
                day={day}
                format={format}
                totalMicroUsd={totalMicroUsd}
                ofMost={ratio(day.costMicroUsd, most)}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{uses.length === 1 ? '1 day' : `${uses.length} days`}</th>
              <Bar ofMost={0} />
              <Spend microUsd={totalMicroUsd} />
              <td>{formatShare(ratio(totalMicroUsd, totalMicroUsd))}</td>
              <td>{formatCountShort(total((day) => day.tokens))}</td>
              <td>{formatCountShort(total((day) => day.calls))}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}

interface DayRowProps {
  readonly day: DayUse;
  readonly format: TimeFormat;
  readonly totalMicroUsd: number;
  /** Of the dearest day, 0 to 1. */
  readonly ofMost: number;
}

function DayRow({ day, format, totalMicroUsd, ofMost }: DayRowProps) {
  const marks = marksOf(day, format);
  const isKnown = day.coveredMs > 0;
  const middleMs = (day.fromMs + day.toMs) / 2;
  return (
    <tr>
      <th scope="row">
        <time dateTime={new Date(day.fromMs).toISOString()}>
          <span className="day-of-week">{format.formatWeekday(middleMs)} </span>
          {format.formatDay(middleMs)}
        </time>
        {marks.map((mark) => (
          <span key={mark} className="day-mark">
            {mark}
          </span>
        ))}
      </th>
      <Bar ofMost={ofMost} />
      {isKnown ? <Spend microUsd={day.costMicroUsd} /> : <td>—</td>}
      <td>{isKnown ? formatShare(ratio(day.costMicroUsd, totalMicroUsd)) : '—'}</td>
      <td>{isKnown ? formatCountShort(day.tokens) : '—'}</td>
      <td>{isKnown ? formatCountShort(day.calls) : '—'}</td>
    </tr>
  );
}

/** The spend beside it, for the eye. */
function Bar({ ofMost }: { ofMost: number }) {
  return (
    <td className="day-bar" aria-hidden="true">
      {ofMost > 0 && <span style={{ inlineSize: `${ofMost * 100}%` }} />}
    </td>
  );
}

/** To the eye rounded, for programs exact. */
function Spend({ microUsd }: { microUsd: number }) {
  const usd = microUsd / MICRO_USD_PER_USD;
  return (
    <td>
      <data value={usd.toFixed(6)}>{formatUsd(usd)}</data>
    </td>
  );
}

/** What is not as usual about a day: "until 14:00", "18 h known", "23 h long". */
function marksOf(day: DayUse, { formatMinute }: TimeFormat): string[] {
  const { fromMs, toMs, wholeFromMs, wholeToMs, coveredMs } = day;
  const part = [
    ...(fromMs > wholeFromMs ? [`from ${formatMinute(fromMs)}`] : []),
    ...(toMs < wholeToMs ? [`until ${formatMinute(toMs)}`] : []),
  ].join(' ');
  const wholeMs = wholeToMs - wholeFromMs;
  const known = coveredMs === 0 ? 'not known' : `only ${formatDuration(coveredMs)} known`;
  return [
    part,
    coveredMs < toMs - fromMs ? known : '',
    wholeMs === DAY_MS ? '' : `${formatDuration(wholeMs)} long`,
  ].filter((mark) => mark !== '');
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
