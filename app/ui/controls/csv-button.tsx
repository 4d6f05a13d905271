import { useState } from 'react';
import type { Frame } from '#core/view/frame.ts';
import { RESOLUTION_MS, RESOLUTIONS } from '#core/time/resolution.ts';
import { saveFile } from '../save-file.ts';
import type { AskStorage } from '../storage-questions.ts';
import { timeFormatOf } from '../time-format.ts';
import { usePageStore } from '../use-page.ts';

/** What is shown, as a table for a spreadsheet: every bucket of every customer and model of the slice. */
export function CsvButton({ onStorage }: { onStorage: AskStorage }) {
  const store = usePageStore();
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    const { frame, zone: chosen } = store.getState();
    if (!frame) return setFailure('Nothing is shown yet.');
    setBusy(true);
    const { span, resolution } = shownBy(frame);
    const zone = timeFormatOf(chosen).zone.name;
    const { filter } = frame;
    const answer = await onStorage({ type: 'export-csv', filter, span, resolution, zone });
    setBusy(false);
    if (answer.type !== 'export-csv') return;
    setFailure(answer.result.ok ? null : answer.result.reason);
    if (answer.result.ok) saveFile(answer.result.value, nameOf(frame));
  };
  return (
    <>
      <button type="button" className="time-button" disabled={isBusy} onClick={() => void save()}>
        CSV
      </button>
      {failure !== null && <p role="alert">{failure}</p>}
    </>
  );
}

/** The buckets that the charts are made from: the coarsest that are no wider than their points. */
function shownBy({ tokenSeries, windowMs }: Frame) {
  const { fromMs, resolutionMs } = tokenSeries;
  const resolution = RESOLUTIONS.findLast((one) => RESOLUTION_MS[one] <= resolutionMs) ?? '5s';
  return { span: { fromMs, toMs: fromMs + windowMs }, resolution };
}

/** "burnrate-2026-11-21T0900Z-2026-11-21T1000Z-5s.csv" */
function nameOf(frame: Frame): string {
  const { span, resolution } = shownBy(frame);
  const instant = (atMs: number) =>
    `${new Date(atMs).toISOString().slice(0, 16).replace(':', '')}Z`;
  return `burnrate-${instant(span.fromMs)}-${instant(span.toMs)}-${resolution}.csv`;
}
