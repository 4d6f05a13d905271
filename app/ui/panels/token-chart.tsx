import { memo } from 'react';
import { AreaChart, ReferenceArea, Tooltip, XAxis, YAxis } from 'recharts';
import { type ElementSize, useElementSize } from '../element-size.ts';
import { formatCountCompact } from '../format.ts';
import { axisFor } from '../nice-scale.ts';
import { BucketTip } from './bucket-tip.tsx';
import { useTimeFormat } from '../time-format.ts';
import { bandsOf } from './token-bands.tsx';
import { timeTicks } from './time-ticks.ts';
import { plotOf, RIGHT_EM, TOP_EM, X_AXIS_EM, Y_AXIS_EM } from './token-plot.ts';
import { useWheelPan } from './wheel-pan.ts';
import { useZoomDrag } from './zoom-drag.ts';
import {
  type DrawnSeries,
  gapsOf,
  isSameSeries,
  loneRowsOf,
  peakOf,
  rowsOf,
  type TokenRow,
  type TokenView,
} from './token-rows.ts';

const atMiddle = (row: TokenRow) => row.middleMs;
const GRID_LINE = { className: 'chart-grid-line' };
const Y_MARGIN_EM = 0.6;
const CURSOR = { className: 'chart-cursor' };

interface TokenChartProps {
  readonly series: DrawnSeries;
  readonly view: TokenView;
}

/** Tokens per bucket over time, in all or stacked by model; gaps stay gaps. */
export const TokenChart = memo(
  ({ series, view }: TokenChartProps) => {
    const [ref, size] = useElementSize();
    useWheelPan(ref);
    return (
      <div className="chart" ref={ref}>
        {size && size.width > 0 && <Plot series={series} view={view} size={size} />}
      </div>
    );
  },
  (before, after) => before.view === after.view && isSameSeries(before.series, after.series),
);

function Plot({ series, view, size }: TokenChartProps & { size: ElementSize }) {
  const { width, height, emPx } = size;
  const rows = rowsOf(series);
  const format = useTimeFormat();
  const fromMs = series.fromMs;
  const toMs = fromMs + rows.length * series.resolutionMs;
  const zoom = useZoomDrag({ fromMs, toMs }, series.resolutionMs);
  const { selection } = zoom;
  const plot = plotOf(size);
  const y = axisFor(peakOf(series, view), plot.ySteps);
  const x = timeTicks(fromMs, toMs, plot.widthPx, emPx, format);
  return (
    <div role="presentation" {...zoom.keys}>
      <AreaChart
        width={width}
        height={height}
        data={rows}
        {...zoom.handlers}
        margin={{ top: TOP_EM * emPx, right: RIGHT_EM * emPx, bottom: 0, left: 0 }}
        aria-label="Tokens over time; the arrow keys go from bucket to bucket, with Shift they mark a stretch that Enter shows alone"
      >
        <defs>
          <pattern id="chart-gap" width="6" height="6" patternUnits="userSpaceOnUse">
            <path className="chart-gap-line" d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" />
          </pattern>
        </defs>
        <XAxis
          type="number"
          dataKey={atMiddle}
          domain={[fromMs, toMs]}
          niceTicks="none"
          ticks={x.atMs}
          interval={0}
          tickFormatter={x.format}
          tickLine={false}
          height={X_AXIS_EM * emPx}
          tickMargin={emPx * 0.6}
        />
        <YAxis
          domain={[0, y.max]}
          allowDataOverflow
          niceTicks="none"
          ticks={y.ticks}
          interval={0}
          tickFormatter={formatCountCompact}
          axisLine={false}
          // Its marks are the lines over the plot.
          tickLine={GRID_LINE}
          tickSize={-plot.widthPx}
          tickMargin={plot.widthPx + Y_MARGIN_EM * emPx}
          width={Y_AXIS_EM * emPx}
        />
        {gapsOf(rows).map((gap) => (
          <ReferenceArea key={gap.fromMs} x1={gap.fromMs} x2={gap.toMs} fill="url(#chart-gap)" />
        ))}
        {selection && (
          <ReferenceArea className="chart-selection" x1={selection.fromMs} x2={selection.toMs} />
        )}
        <Tooltip
          content={
            <BucketTip series={series} view={view} marked={selection} onTold={zoom.onTold} />
          }
          cursor={CURSOR}
          filterNull={false}
          isAnimationActive={false}
        />
        {bandsOf(series, view, new Set(loneRowsOf(rows)))}
      </AreaChart>
    </div>
  );
}
