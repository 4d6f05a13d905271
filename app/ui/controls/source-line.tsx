import { usePage } from '../use-page.ts';

/** Where the numbers come from, and whether they are kept. */
export function SourceLine() {
  const source = usePage((page) => page.source);
  const isMemoryOnly = usePage((page) => page.storage === 'memory-only');
  return (
    <div className="source-line">
      {source && (
        <p className="source">
          {source.label}
          {source.isLatencyModelled && ' · latency is modelled'}
        </p>
      )}
      {isMemoryOnly && (
        <p className="storage-badge">Not saved on this device: the browser refuses storage</p>
      )}
    </div>
  );
}
