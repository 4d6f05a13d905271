import { type KeyboardEvent, useEffect, useRef } from 'react';
import {
  Bar,
  BarChart,
  type BarShapeProps,
  CartesianGrid,
  Tooltip,
  type TooltipContentProps,
  useActiveTooltipLabel,
  useIsTooltipActive,
  XAxis,
  YAxis,
} from 'recharts';
import { creditsOf } from '#core/billing/credits.ts';
import type { CreditsDay } from '#core/view/credits.ts';
import { type ElementSize, useElementSize } from '../../element-size.ts';
import { formatCountCompact } from '../../format.ts';
import { axisFor } from '../../nice-scale.ts';
import { useTimeFormat } from '../../time-format.ts';
import { formatCredits } from './credits-format.ts';

/** Room around the plot, in em of the chart's font. */
const Y_AXIS_EM = 3.25;
const X_AXIS_EM = 2;
const TOP_EM = 0.75;
/** Half a label, so that the last one is not cut off. */
const RIGHT_EM = 1.75;
/** Height that one step of the scale should have at least. */
const Y_STEP_EM = 3.5;
const MOST_Y_STEPS = 5;
/** Room for one label of a day and the gap beside it. */
const LABEL_EM = 4.25;
const DAY_STEPS = [1, 2, 3, 4, 5, 7, 14, 28, 56];

/** Part of a day's width that its bar leaves free. */
const BAR_GAP = 0.2;

const dateOf = (day: CreditsDay) => day.date;
const creditsOfDay = (day: CreditsDay) => creditsOf(day.hundredths);
const CURSOR = { className: 'credits-cursor' };

interface CreditsChartProps {
  readonly days: readonly CreditsDay[];
  /** Date of the day that is shown alone. */
  readonly chosen: string | null;
  readonly onChoose: (date: string) => void;
}

/** Credits of each day as a bar; one that is clicked is shown alone. */
export function CreditsChart({ days, chosen, onChoose }: CreditsChartProps) {
  const [ref, size] = useElementSize();
  const pointed = useRef<string | null>(null);
  const choose = (date: string | null) => {
    const day = days.find((one) => one.date === date);
    // Where there is nothing to show, a click by accident would only empty the table.
    if (day && (day.messages > 0 || day.date === chosen)) onChoose(day.date);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') choose(pointed.current);
  };
  return (
    <div className="chart credits-chart" ref={ref} role="presentation" onKeyDown={press}>
      {size && size.width > 0 && (
        <Plot
          days={days}
          chosen={chosen}
          onChoose={choose}
          onPoint={(date) => (pointed.current = date)}
          size={size}
        />
      )}
    </div>
  );
}

interface PlotProps extends CreditsChartProps {
  readonly size: ElementSize;
  readonly onPoint: PointedProps['onPoint'];
}

interface ChartDay extends CreditsDay {
  /** Another day is shown alone. */
  readonly isOther: boolean;
}

function Plot({ days, chosen, onChoose, onPoint, size }: PlotProps) {
  const { width, height, emPx } = size;
  const { formatDay } = useTimeFormat();
  const plotWidth = width - (Y_AXIS_EM + RIGHT_EM) * emPx;
  const plotHeight = height - (TOP_EM + X_AXIS_EM) * emPx;
  const steps = Math.min(MOST_Y_STEPS, Math.max(2, Math.floor(plotHeight / (Y_STEP_EM * emPx))));
  const y = axisFor(Math.max(0, ...days.map(creditsOfDay)), steps);
  const startOf = new Map(days.map((day) => [day.date, day.fromMs]));
  return (
    <BarChart
      width={width}
      height={height}
      data={days.map((day): ChartDay => ({
        ...day,
        isOther: chosen !== null && day.date !== chosen,
      }))}
      barCategoryGap={`${BAR_GAP * 100}%`}
      margin={{ top: TOP_EM * emPx, right: RIGHT_EM * emPx, bottom: 0, left: 0 }}
      aria-label="Credits per day; the arrow keys go from day to day, Enter shows one alone"
    >
      <CartesianGrid vertical={false} />
      <XAxis
        dataKey={dateOf}
        niceTicks="none"
        ticks={labelledDays(days, plotWidth / (LABEL_EM * emPx))}
        interval={0}
        tickFormatter={(date: string) => formatDay(startOf.get(date) ?? Date.parse(date))}
        tickLine={false}
        height={X_AXIS_EM * emPx}
        tickMargin={emPx * 0.5}
      />
      <YAxis
        domain={[0, y.max]}
        niceTicks="none"
        ticks={y.ticks}
        interval={0}
        tickFormatter={formatCountCompact}
        axisLine={false}
        tickLine={false}
        width={Y_AXIS_EM * emPx}
      />
      <Tooltip content={<DayTip />} cursor={CURSOR} isAnimationActive={false} />
      <Pointed onPoint={onPoint} />
      <Bar
        dataKey={creditsOfDay}
        isAnimationActive={false}
        shape={drawDay}
        onClick={({ payload }) => onChoose((payload as ChartDay).date)} // the rows that the chart was given
      />
    </BarChart>
  );
}

/** As many days as have room for a label, in even steps that end with the last. */
function labelledDays(days: readonly CreditsDay[], most: number): string[] {
  const step = DAY_STEPS.find((one) => days.length / one <= most) ?? days.length;
  return days.filter((_, i) => (days.length - 1 - i) % step === 0).map(dateOf);
}

/** The bar, and around it the height of the plot: a small bar is as easily hit as a large one. */
function drawDay({ x, y, width, height, background, payload }: BarShapeProps) {
  const { isOther } = payload as ChartDay; // the rows that the chart was given
  const className = isOther ? 'credits-bar credits-bar-other' : 'credits-bar';
  const gap = (width * BAR_GAP) / (1 - BAR_GAP);
  const top = background?.y ?? y ?? 0;
  const room = background?.height ?? height;
  return (
    <g>
      <rect className="credits-column" x={x - gap / 2} y={top} width={width + gap} height={room} />
      <rect className={className} x={x} y={y} width={width} height={height} rx={2} />
    </g>
  );
}

interface PointedProps {
  /** Is given the date of the day under the pointer or the keyboard's cursor; null: there is none. */
  readonly onPoint: (date: string | null) => void;
}

/** Draws nothing: tells what only the chart knows. */
function Pointed({ onPoint }: PointedProps) {
  const label = useActiveTooltipLabel();
  const isActive = useIsTooltipActive();
  useEffect(() => {
    onPoint(isActive ? String(label) : null);
  }, [onPoint, label, isActive]);
  return null;
}

function DayTip({ active = false, payload }: Partial<TooltipContentProps>) {
  const { formatWeekday, formatDay } = useTimeFormat();
  const day = payload?.[0]?.payload as CreditsDay | undefined; // the rows that the chart was given
  if (!active || !day) return null;
  const { messages } = day;
  return (
    <div className="chart-tip" aria-live="polite">
      <strong>{formatCredits(day.hundredths)} credits</strong>
      <span>
        {formatWeekday(day.fromMs)} {formatDay(day.fromMs)}, {messages}{' '}
        {messages === 1 ? 'message' : 'messages'}
      </span>
    </div>
  );
}
