import type { Incident } from '#core/anomaly/incident.ts';
import { formatDuration } from '../../../format.ts';
import { serverNowMs } from '../../../selectors.ts';
import { useTimeFormat } from '../../../time-format.ts';
import { usePage } from '../../../use-page.ts';
import { KIND_WORDS, signedUsd } from '../../../incidents/incident-words.ts';
import type { Tried } from './use-back-tests.ts';

/** More than that is not read, but counted. */
const MOST_ROWS = 8;

interface RaisedListProps {
  readonly tried: Tried;
  /** What counts, to be compared with; null: nothing. */
  readonly present: Tried | null;
}

/** What would have been raised, the newest first. */
export function RaisedList({ tried, present }: RaisedListProps) {
  const { incidents } = tried;
  if (incidents.length === 0) return null;
  const known = present && new Set(present.incidents.map((one) => one.id));
  const shown = incidents.toReversed().slice(0, MOST_ROWS);
  const rest = incidents.length - shown.length;
  return (
    <>
      <table className="raised">
        <caption className="for-screen-readers">What would have been raised</caption>
        <thead>
          <tr>
            <th scope="col">Since</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col" className="wide">
              For
            </th>
            <th scope="col" className="number">
              Beyond the usual
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <RaisedRow key={one.id} incident={one} isNew={known !== null && !known.has(one.id)} />
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className="quiet">and {rest} before</p>}
    </>
  );
}

function RaisedRow({ incident, isNew }: { incident: Incident; isNew: boolean }) {
  const { kind, root, startMs, endMs, updatedMs, extraMicroUsd } = incident;
  const { formatOtherDay, formatMinute } = useTimeFormat();
  const nowMs = usePage(serverNowMs);
  return (
    <tr>
      <td>
        {formatOtherDay(startMs, nowMs)}
        {formatMinute(startMs)}
      </td>
      <th scope="row">
        {KIND_WORDS[kind]} {isNew && <span className="tag">new</span>}
      </th>
      <td>{root.dimension === 'total' ? 'Everybody' : root.id}</td>
      <td className="wide">{formatDuration((endMs ?? updatedMs) - startMs)}</td>
      <td className="number">{signedUsd(extraMicroUsd)}</td>
    </tr>
  );
}
