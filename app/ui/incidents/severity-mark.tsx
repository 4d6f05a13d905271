import type { Anomaly } from '#core/wire/anomalies.ts';
import { SEVERITY_WORDS } from './incident-words.ts';

/** Unlike in shape, for whoever does not see their colours. */
const SHAPES: Readonly<Record<Anomaly['severity'], string>> = {
  critical: 'M5 1h6l4 4v6l-4 4H5l-4-4V5zM8 4.5v4.2M8 11.3v.2',
  major: 'M8 1.5 15 14H1zM8 6v3.8M8 11.8v.2',
  minor: 'M8 2a6 6 0 1 0 .01 0zM8 7.5v3.8M8 5v.2',
};

/** How grave it is: a shape and a word. */
export function SeverityMark({ severity }: { severity: Anomaly['severity'] }) {
  return (
    <span className="severity" data-severity={severity}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[severity]} />
      </svg>
      {SEVERITY_WORDS[severity]}
    </span>
  );
}
