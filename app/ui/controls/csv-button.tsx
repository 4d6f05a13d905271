import { useState } from 'react';
import { saveFile } from '../save-file.ts';
import { fileNameOf, shownBy } from '../shown-file.ts';
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
    if (answer.result.ok) saveFile(answer.result.value, fileNameOf(frame, 'csv'));
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
