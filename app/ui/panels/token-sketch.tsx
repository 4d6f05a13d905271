import { useState } from 'react';
import type { TokenSeries } from '#core/view/frame.ts';
<<<<<<< HEAD
import { type ElementSize, useElementSize } from '../element-size.ts';
import { formatCountCompact } from '../format.ts';
import { type Axis, axisFor } from '../nice-scale.ts';
import { modelColour } from './model-colour.ts';
import { timeTicks } from './time-ticks.ts';
import type { TokenView } from './token-chart.tsx';
import { plotOf } from './token-plot.ts';
=======
import { axisFor } from '../nice-scale.ts';
import { peakOf } from './token-rows.ts';
>>>>>>> chart

/** A scale that would leave more than this empty is not kept. */
const LEAST_FILLED = 0.3;

interface TokenSketchProps {
  readonly series: TokenSeries;
  readonly view: TokenView;
}

/**
 * The token chart without its library: on screen before that has been read, and while the past is played,
 * as it is drawn in a tenth of the time. Its plot lies where that of the chart lies.
 */
<<<<<<< HEAD
export function TokenSketch({ series, view }: TokenSketchProps) {
  const [ref, size] = useElementSize();
=======
export function TokenSketch({ series }: { series: TokenSeries }) {
  const { tokens } = series;
  const { max } = axisFor(peakOf(series, 'total'), Y_STEPS);
>>>>>>> chart
  return (
    <div className="chart" ref={ref} aria-hidden="true">
      <div className="chart-sketch">
        {size && size.width > 0 && <Sketch series={series} view={view} size={size} />}
      </div>
    </div>
  );
}

function Sketch({ series, view, size }: TokenSketchProps & { size: ElementSize }) {
  const { tokens, fromMs, resolutionMs } = series;
  const plot = plotOf(size);
  const y = useSteadyAxis(Math.max(0, ...tokens.map((value) => value ?? 0)), plot.ySteps);
  const toMs = fromMs + tokens.length * resolutionMs;
  const x = timeTicks(fromMs, toMs, plot.widthPx, size.emPx);
  const bands = view === 'total' ? [{ colour: null, tops: tokens }] : stacked(series);
  return (
    <>
      {y.ticks.map((value) => (
        <span key={value} className="sketch-y" style={{ bottom: `${(100 * value) / y.max}%` }}>
          {formatCountCompact(value)}
        </span>
      ))}
      {x.atMs.map((atMs) => (
        <span
          key={atMs}
          className="sketch-x"
          style={{ left: `${(100 * (atMs - fromMs)) / (toMs - fromMs)}%` }}
        >
          {x.format(atMs)}
        </span>
      ))}
      <svg viewBox={`0 0 ${tokens.length} ${y.max}`} preserveAspectRatio="none">
        {bands.map(({ colour, tops }) =>
          knownRuns(tops).map((run) => (
            <RunOutline key={`${colour}${run.from}`} run={run} max={y.max} colour={colour} />
          )),
        )}
      </svg>
    </>
  );
}

/** Grows at once and shrinks late, so that the line does not jump about while the past is played. */
function useSteadyAxis(peak: number, steps: number): Axis {
  const [heldPeak, hold] = useState(peak);
  const isHeld = peak <= heldPeak && peak >= LEAST_FILLED * heldPeak;
  if (!isHeld) hold(peak);
  return axisFor(isHeld ? heldPeak : peak, steps);
}

/** The upper edge of each model's band, the highest first: each is drawn over the ones before it. */
function stacked({ byModel, tokens }: TokenSeries) {
  const sums = tokens.map((value): number | null => (value === null ? null : 0));
  return byModel
    .map(({ model, tokens: ofModel }) => {
      for (const [i, sum] of sums.entries())
        sums[i] = sum === null ? null : sum + (ofModel[i] ?? 0);
      return { colour: modelColour(model), tops: [...sums] };
    })
    .reverse();
}

/** A stretch of buckets without a gap. */
interface Run {
  /** Index of its first bucket. */
  readonly from: number;
  readonly values: readonly number[];
}

interface RunOutlineProps {
  readonly run: Run;
  readonly max: number;
  /** Null: the colour of the whole. */
  readonly colour: string | null;
}

function RunOutline({ run, max, colour }: RunOutlineProps) {
  const { from, values } = run;
  const points = values.map((value, i) => `${from + i + 0.5} ${max - value}`).join('L');
  const lastX = from + values.length - 0.5;
  const area = `M${from + 0.5} ${max}L${points}L${lastX} ${max}z`;
  if (colour !== null) return <path className="sketch-band" style={{ fill: colour }} d={area} />;
  return (
    <>
      <path className="chart-sketch-area" d={area} />
      <path className="chart-sketch-line" d={`M${points}`} />
    </>
  );
}

function knownRuns(tokens: readonly (number | null)[]): readonly Run[] {
  const runs: { from: number; values: number[] }[] = [];
  for (const [i, value] of tokens.entries()) {
    if (value === null) continue;
    const last = runs.at(-1);
    if (last && last.from + last.values.length === i) last.values.push(value);
    else runs.push({ from: i, values: [value] });
  }
  return runs;
}
