import { useTimeFormat } from '../time-format.ts';
import { usePage } from '../use-page.ts';

/** Stands where the connection stands on a live page: what is shown came from a file, and does not move. */
export function EvidenceBanner() {
  const evidence = usePage((page) => page.evidence);
  const { formatMinute, formatOtherDay } = useTimeFormat();
  const nowMs = usePage((page) => page.now.wallMs);
  return (
    <div className="evidence-banner" role="status" aria-label="Evidence">
      <p>
        <strong>Evidence, not live.</strong>{' '}
        {evidence ? (
          <>
            {evidence.fileName}, exported{' '}
            <time dateTime={new Date(evidence.exportedAtMs).toISOString()}>
              {formatOtherDay(evidence.exportedAtMs, nowMs)}
              {formatMinute(evidence.exportedAtMs)}
            </time>
          </>
        ) : (
          'No file was imported on this device: do so in the settings.'
        )}
      </p>
      <a href="/">Back to live</a>
    </div>
  );
}
