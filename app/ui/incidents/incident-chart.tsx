import { memo } from 'react';
import type { Anomaly } from '#core/wire/anomalies.ts';
import { outlinePath } from './outline-path.ts';

/** Units of the drawing, which is stretched to its place; lines keep their width. */
const WIDTH = 120;
const HEIGHT = 36;

/** How it went, against what is usual; its numbers stand elsewhere. */
export const IncidentChart = memo(({ anomaly }: { anomaly: Anomaly }) => {
  const { outline, startMs, endMs } = anomaly;
  if (!outline) return null;
  const path = outlinePath(outline, startMs, endMs, WIDTH, HEIGHT);
  const { fromX, toX } = path;
  return (
    <svg
      className="incident-chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="incident-span" x={fromX} width={Math.max(1, toX - fromX)} height={HEIGHT} />
      <path className="incident-band" d={path.band} />
      <path className="incident-usual" d={path.usual} />
      <path className="incident-actual" d={path.actual} />
    </svg>
  );
});
