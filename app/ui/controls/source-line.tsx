import { usePage } from '../use-page.ts';

/** Where the numbers come from, and whether they are kept. */
export function SourceLine() {
  const label = usePage((page) => page.source?.label);
  const isMemoryOnly = usePage((page) => page.storage === 'memory-only');
  return (
    <div className="source-line">
      {label && <p className="source">{label}</p>}
      {isMemoryOnly && (
        <p className="storage-badge">Not saved on this device: the browser refuses storage</p>
      )}
    </div>
  );
}
