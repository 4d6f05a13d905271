import { LEAST_CACHED_MS } from '#core/anomaly/back-test-span.ts';
import type { BackTestNews } from '#app/protocol/messages.ts';
import { formatDuration, formatPercent } from '../../../format.ts';
import { serverNowMs } from '../../../selectors.ts';
import { useTimeFormat } from '../../../time-format.ts';
import { usePage } from '../../../use-page.ts';
import { raisedWords } from './raised-words.ts';
import { RaisedList } from './raised-list.tsx';

interface BackTestReportProps {
  /** Of what is chosen; undefined: not begun. */
  readonly chosen: BackTestNews | undefined;
  /** Of what counts; undefined: not begun, or nobody knows what counts. */
  readonly present: BackTestNews | 'same' | undefined;
}

/** What would have been raised with what is chosen, found on this device. */
export function BackTestReport({ chosen, present }: BackTestReportProps) {
  return (
    <div className="back-test" role="group" aria-label="Tried on the last day">
      <Outcome chosen={chosen} present={present} />
    </div>
  );
}

function Outcome({ chosen, present }: BackTestReportProps) {
  const format = useTimeFormat();
  const nowMs = usePage(serverNowMs);
  if (!chosen || chosen.kind === 'running') return <Running share={chosen?.share ?? 0} />;
  if (chosen.kind === 'failed') return <p role="alert">{chosen.reason}</p>;
  if (chosen.kind === 'too-little') {
    return (
      <p role="status">
        Too little is cached to try it: {formatDuration(chosen.cachedMs)} at 1 minute of the{' '}
        {formatDuration(LEAST_CACHED_MS)} that it takes.
      </p>
    );
  }
  const now = present !== 'same' && present?.kind === 'done' ? present : null;
  const { tried, knownMs, learntMs } = chosen;
  const missingMs = tried.toMs - tried.fromMs - knownMs;
  return (
    <>
      <p role="status" className="back-test-sentence">
        {raisedWords(chosen, present === 'same' ? present : now, format, nowMs)}
      </p>
      <RaisedList tried={chosen} present={now} />
      <p className="quiet">
        Found on this device in what it has cached, after learning from the{' '}
        {formatDuration(learntMs)} before
        {missingMs > 0 && `; ${formatDuration(missingMs)} of it are missing`}. The server has
        watched for longer, and may judge some of it otherwise.
      </p>
    </>
  );
}

function Running({ share }: { share: number }) {
  return (
    <p className="back-test-running">
      <span role="status">Trying it on what is cached…</span>
      <progress aria-label="Tried" max={1} value={share} />
      <span className="quiet">{formatPercent(share)}</span>
    </p>
  );
}
