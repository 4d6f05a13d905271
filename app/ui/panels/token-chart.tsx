import { memo } from 'react';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceArea,
  ReferenceDot,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { TokenSeries } from '#core/view/frame.ts';
import { type ElementSize, useElementSize } from '../element-size.ts';
import { formatCountCompact } from '../format.ts';
import { axisFor } from '../nice-scale.ts';
import { BucketTip } from './bucket-tip.tsx';
import { useTimeFormat } from '../time-format.ts';
import { modelColour } from './model-colour.ts';
import { timeTicks } from './time-ticks.ts';
import { useZoomDrag } from './zoom-drag.ts';
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
/** One accessor per band, made once: a new one would make the chart calculate everything again. */
const MODEL_TOKENS = Array.from(
  { length: 12 },
  (_, place) => (row: TokenRow) => row.byModel[place] ?? null,
);
const CURSOR = { className: 'chart-cursor' };
const ACTIVE_DOT = { className: 'chart-active-dot', r: 4 };

export type TokenView = 'total' | 'models';

interface TokenChartProps {
  readonly series: TokenSeries;
  readonly view: TokenView;
}

/** Tokens per bucket over time, in all or stacked by model; gaps stay gaps. */
export const TokenChart = memo(
  ({ series, view }: TokenChartProps) => {
    const [ref, size] = useElementSize();
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
  const { selection, handlers } = useZoomDrag(series.resolutionMs);
  const fromMs = series.fromMs;
  const toMs = fromMs + rows.length * series.resolutionMs;
  const peak = Math.max(0, ...series.tokens.map((tokens) => tokens ?? 0));
  const plotHeight = height - (TOP_EM + X_AXIS_EM) * emPx;
  const steps = Math.min(MOST_Y_STEPS, Math.max(2, Math.floor(plotHeight / (Y_STEP_EM * emPx))));
  const y = axisFor(peak, steps);
  const x = timeTicks(fromMs, toMs, width - (Y_AXIS_EM + RIGHT_EM) * emPx, emPx, format);
  return (
    <AreaChart
      width={width}
      height={height}
      data={rows}
      {...handlers}
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
      {selection && (
        <ReferenceArea className="chart-selection" x1={selection.fromMs} x2={selection.toMs} />
      )}
      {loneRowsOf(rows).map((row) => (
        <ReferenceDot
          key={row.fromMs}
          className="chart-lone-bucket"
          x={row.middleMs}
          y={row.tokens ?? 0}
          r={emPx / 4}
        />
      ))}
      <Tooltip
        content={<BucketTip models={view === 'models' ? series.byModel : []} />}
        cursor={CURSOR}
        filterNull={false}
        isAnimationActive={false}
      />
      {view === 'total' ? totalBand() : series.byModel.map(modelBand)}
    </AreaChart>
  );
}

/** A function and no component, because the chart looks at its children's types. */
function totalBand() {
  return (
    <Area
      dataKey={tokensOf}
      type="linear"
      className="chart-area"
      dot={false}
      activeDot={ACTIVE_DOT}
      isAnimationActive={false}
    />
  );
}

function modelBand({ model }: { readonly model: string }, place: number) {
  const colour = modelColour(model);
  return (
    <Area
      key={model}
      dataKey={MODEL_TOKENS[place] ?? tokensOf}
      stackId="models"
      type="linear"
      className="chart-band"
      style={{ stroke: colour, fill: colour }}
      dot={false}
      activeDot={false}
      isAnimationActive={false}
    />
  );
}
