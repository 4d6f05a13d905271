import { memo } from 'react';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceArea,
  ReferenceDot,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import type { TokenSeries } from '#core/view/frame.ts';
import { type ElementSize, useElementSize } from '../element-size.ts';
import { formatCount, formatCountCompact, formatTime } from '../format.ts';
import { axisFor } from '../nice-scale.ts';
import { timeTicks } from './time-ticks.ts';
import { gapsOf, isSameSeries, loneRowsOf, rowsOf, type TokenRow } from './token-rows.ts';

/** Room around the plot, in em of the chart's font. */
const Y_AXIS_EM = 3.75;
const X_AXIS_EM = 2.25;
const TOP_EM = 0.75;
/** Half a label, so that the last one is not cut off. */
const RIGHT_EM = 2;
/** Height that one step of the scale should have at least. */
const Y_STEP_EM = 5;
const MOST_Y_STEPS = 5;

const atMiddle = (row: TokenRow) => row.middleMs;
const tokensOf = (row: TokenRow) => row.tokens;
const CURSOR = { className: 'chart-cursor' };
const ACTIVE_DOT = { className: 'chart-active-dot', r: 4 };

/** Tokens per bucket over time; gaps stay gaps. */
export const TokenChart = memo(
  ({ series }: { series: TokenSeries }) => {
    const [ref, size] = useElementSize();
    return (
      <div className="chart" ref={ref}>
        {size && size.width > 0 && <Plot series={series} size={size} />}
      </div>
    );
  },
  (before, after) => isSameSeries(before.series, after.series),
);

function Plot({ series, size }: { series: TokenSeries; size: ElementSize }) {
  const { width, height, emPx } = size;
  const rows = rowsOf(series);
  const fromMs = series.fromMs;
  const toMs = fromMs + rows.length * series.resolutionMs;
  const peak = Math.max(0, ...series.tokens.map((tokens) => tokens ?? 0));
  const plotHeight = height - (TOP_EM + X_AXIS_EM) * emPx;
  const steps = Math.min(MOST_Y_STEPS, Math.max(2, Math.floor(plotHeight / (Y_STEP_EM * emPx))));
  const y = axisFor(peak, steps);
  const x = timeTicks(fromMs, toMs, width - (Y_AXIS_EM + RIGHT_EM) * emPx, emPx);
  return (
    <AreaChart
      width={width}
      height={height}
      data={rows}
      margin={{ top: TOP_EM * emPx, right: RIGHT_EM * emPx, bottom: 0, left: 0 }}
      aria-label="Tokens over time; the arrow keys go from bucket to bucket"
    >
      <defs>
        <pattern id="chart-gap" width="6" height="6" patternUnits="userSpaceOnUse">
          <path className="chart-gap-line" d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" />
        </pattern>
      </defs>
      <CartesianGrid vertical={false} />
      <XAxis
        type="number"
        dataKey={atMiddle}
        domain={[fromMs, toMs]}
        ticks={x.atMs}
        interval={0}
        tickFormatter={x.format}
        tickLine={false}
        height={X_AXIS_EM * emPx}
        tickMargin={emPx * 0.6}
      />
      <YAxis
        domain={[0, y.max]}
        ticks={y.ticks}
        interval={0}
        tickFormatter={formatCountCompact}
        axisLine={false}
        tickLine={false}
        width={Y_AXIS_EM * emPx}
      />
      {gapsOf(rows).map((gap) => (
        <ReferenceArea key={gap.fromMs} x1={gap.fromMs} x2={gap.toMs} fill="url(#chart-gap)" />
      ))}
      {loneRowsOf(rows).map((row) => (
        <ReferenceDot
          key={row.fromMs}
          className="chart-lone-bucket"
          x={row.middleMs}
          y={row.tokens ?? 0}
          r={emPx / 4}
        />
      ))}
      <Tooltip content={BucketTip} cursor={CURSOR} filterNull={false} isAnimationActive={false} />
      <Area
        dataKey={tokensOf}
        type="linear"
        className="chart-area"
        dot={false}
        activeDot={ACTIVE_DOT}
        isAnimationActive={false}
      />
    </AreaChart>
  );
}

function BucketTip({ active, payload }: TooltipContentProps) {
  const row = payload[0]?.payload as TokenRow | undefined; // the rows that this chart was given
  if (!active || !row) return null;
  return (
    <div className="chart-tip" aria-live="polite">
      <strong>{row.tokens === null ? 'Not known' : `${formatCount(row.tokens)} tokens`}</strong>
      <span>
        {formatTime(row.fromMs)} to {formatTime(row.toMs)}
      </span>
    </div>
  );
}
