import { type ChangeEvent, useState } from 'react';
import { pathOf } from '../../route.ts';
import { saveFile } from '../../save-file.ts';
import type { AskStorage } from '../../storage-questions.ts';

/** What is being done, or what came of it. */
interface Progress {
  readonly isBusy: boolean;
  readonly text: string;
  readonly isFailure?: boolean;
  /** There is something to look at now. */
  readonly isImported?: boolean;
}

/** The whole cache as one file, to be looked at elsewhere, without a server. */
export function EvidenceFiles({ onStorage }: { onStorage: AskStorage }) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const exportFile = async () => {
    setProgress({ isBusy: true, text: 'Exporting…' });
    const { type, result } = await onStorage({ type: 'export-evidence' });
    if (type !== 'export-evidence') return;
    if (result.ok) saveFile(result.value, fileName());
    setProgress({ isBusy: false, ...(result.ok ? { text: 'Exported.' } : failure(result.reason)) });
  };
  const importFile = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (!file) return;
    setProgress({ isBusy: true, text: `Checking ${file.name}…` });
    const { result } = await onStorage({ type: 'import-evidence', file, name: file.name });
    // The same file can be chosen again, once it is mended.
    target.value = '';
    const done = { text: `${file.name} is imported.`, isImported: true };
    setProgress({ isBusy: false, ...(result.ok ? done : failure(result.reason)) });
  };
  const isBusy = progress?.isBusy ?? false;
  return (
    <section className="panel setting" aria-label="Evidence files">
      <h3>Evidence files</h3>
      <p className="quiet">
        Everything that is cached, in one file. Burnrate opens it on any device, without a server;
        what is imported is kept apart from live data, and marked.
      </p>
      <div className="setting-line">
        <button type="button" disabled={isBusy} onClick={() => void exportFile()}>
          Export
        </button>
        <label className="file-button">
          <span>Import a file</span>
          <input
            type="file"
            disabled={isBusy}
            accept=".burnrate"
            onChange={(event) => void importFile(event)}
          />
        </label>
        <a href={pathOf('evidence')}>Open what was imported</a>
      </div>
      {progress && (
        <p role={progress.isFailure ? 'alert' : 'status'} aria-busy={isBusy}>
          {progress.text} {progress.isImported && <a href={pathOf('evidence')}>Look at it</a>}
        </p>
      )}
    </section>
  );
}

function failure(reason: string) {
  return { text: reason, isFailure: true };
}

/** "burnrate-2026-11-21-1403.burnrate", in UTC. */
function fileName(): string {
  const [day, time] = new Date().toISOString().split('T');
  return `burnrate-${day}-${time?.slice(0, 5).replace(':', '')}.burnrate`;
}
