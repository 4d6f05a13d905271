import type { StorageFailure } from '#app/database/storage-failure.ts';
import { usePage } from '../use-page.ts';

const WHY_NOT_SAVED: Readonly<Record<StorageFailure, string>> = {
  full: 'its storage is full',
  closed: 'its storage does not answer',
  newer: 'a newer version of Burnrate has changed its storage',
  blocked: 'another tab runs an older version of Burnrate. Close that one',
  unavailable: 'the browser refuses storage',
  broken: 'its storage does not work',
};

/** Where the numbers come from, and whether they are kept. */
export function SourceLine() {
  const source = usePage((page) => page.source);
  const storage = usePage((page) => page.storage);
  return (
    <div className="source-line">
      {source && (
        <p className="source" title={source.label}>
          {source.label}
          {source.isLatencyModelled && ' · latency is modelled'}
        </p>
      )}
      {storage?.kind === 'memory-only' && (
        <p className="storage-badge">Not saved on this device: {WHY_NOT_SAVED[storage.why]}</p>
      )}
    </div>
  );
}
