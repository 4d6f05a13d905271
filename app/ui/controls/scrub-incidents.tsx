import { memo } from 'react';
import type { Interval } from '#core/time/intervals.ts';
import type { Anomaly } from '#core/wire/anomalies.ts';
import { usePage } from '../use-page.ts';

/** Units of the drawing, whose ticks are as wide as they are however wide the bar is. */
const WIDTH = 1_000;
const SEVERITIES: readonly Anomaly['severity'][] = ['minor', 'major', 'critical'];

/**
 * A tick where each incident was found, like the chapters of a film: those too that come after the instant that is
 * shown, of which the charts tell nothing yet.
 */
export const ScrubIncidents = memo(({ fromMs, toMs }: Interval) => {
  const incidents = usePage((page) => page.incidents);
  const place = (atMs: number) => Math.round((WIDTH * (atMs - fromMs)) / (toMs - fromMs));
  const ticksOf = (severity: Anomaly['severity']) => {
    const places = (incidents ?? [])
      .filter(({ anomaly }) => anomaly.severity === severity)
      .map(({ anomaly }) => place(anomaly.foundMs))
      .filter((at) => at >= 0 && at <= WIDTH);
    return [...new Set(places)].map((at) => `M${at} 0v1`).join('');
  };
  return (
    <svg
      className="scrub-incidents"
      viewBox={`0 0 ${WIDTH} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {SEVERITIES.map((severity) => (
        <path key={severity} data-severity={severity} d={ticksOf(severity)} />
      ))}
    </svg>
  );
});
