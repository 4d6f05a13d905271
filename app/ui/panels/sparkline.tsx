import { memo } from 'react';
import type { Trend } from '#core/view/frame.ts';
import { sparklinePath } from './sparkline-path.ts';

/** Units of the drawing, which is stretched to its place; lines keep their width. */
const WIDTH = 100;
const HEIGHT = 24;

/** The course of a figure at a glance; its numbers stand elsewhere. */
export const Sparkline = memo(({ trend }: { trend: Trend }) => {
  const { line, end } = sparklinePath(trend, WIDTH, HEIGHT);
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="sparkline-line" d={line} />
      <path className="sparkline-end" d={end} />
    </svg>
  );
});
