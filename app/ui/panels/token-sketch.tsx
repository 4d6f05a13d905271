import { Fragment, useState } from 'react';
import { type ElementSize, useElementSize } from '../element-size.ts';
import { formatCountCompact } from '../format.ts';
import { useTimeFormat } from '../time-format.ts';
import { type Axis, axisFor } from '../nice-scale.ts';
import { modelColour } from './model-colour.ts';
import { timeTicks } from './time-ticks.ts';
import { plotOf } from './token-plot.ts';
import { type DrawnSeries, peakOf, type TokenView } from './token-rows.ts';

/** Of the drawing, in its own units: browsers draw nothing where those are as large as tokens are many. */
const HEIGHT = 1_000;

/** A scale that would leave more than this empty is not kept. */
const LEAST_FILLED = 0.3;

interface TokenSketchProps {
  readonly series: DrawnSeries;
  readonly view: TokenView;
}

/**
 * The token chart without its library: on screen before that has been read, and while the past is played,
 * as it is drawn in a tenth of the time. Its plot lies where that of the chart lies.
 */
export function TokenSketch({ series, view }: TokenSketchProps) {
  const [ref, size] = useElementSize();
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
  const y = useSteadyAxis(peakOf(series, view), plot.ySteps);
  const toMs = fromMs + tokens.length * resolutionMs;
  const format = useTimeFormat();
  const x = timeTicks(fromMs, toMs, plot.widthPx, size.emPx, format);
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
      <svg viewBox={`0 0 ${tokens.length} ${HEIGHT}`} preserveAspectRatio="none">
        {view === 'total' && <ExpectedBand series={series} max={y.max} />}
        {view === 'total' ? (
          <TotalOutline series={series} max={y.max} />
        ) : (
          stacked(series).map(({ colour, tops, bottoms }) => {
            const low = knownRuns(bottoms);
            return knownRuns(tops).map((run, i) => (
              <path
                key={`${colour}${run.from}`}
                className="sketch-band"
                style={{ fill: colour }}
                d={between(low[i] ?? run, run, y.max)}
              />
            ));
          })
        )}
        {view === 'models' && <ExpectedBand series={series} max={y.max} />}
        {knownRuns(series.expected?.trend ?? []).map((run) => (
          <path key={run.from} className="sketch-trend" d={`M${pointsOf(run, y.max)}`} />
        ))}
        {knownRuns(series.before).map((run) => (
          <path key={run.from} className="sketch-before" d={`M${pointsOf(run, y.max)}`} />
        ))}
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

/** The edges of each model's band, the lowest first. */
function stacked({ byModel, tokens }: DrawnSeries) {
  let bottoms = tokens.map((value): number | null => (value === null ? null : 0));
  return byModel.map(({ model, tokens: ofModel }) => {
    const tops = bottoms.map((sum, i) => (sum === null ? null : sum + (ofModel[i] ?? 0)));
    const band = { colour: modelColour(model), tops, bottoms };
    bottoms = tops;
    return band;
  });
}

/** A stretch of buckets without a gap. */
interface Run {
  /** Index of its first bucket. */
  readonly from: number;
  readonly values: readonly number[];
}

interface OutlineProps {
  readonly series: DrawnSeries;
  readonly max: number;
}

function ExpectedBand({ series: { expected }, max }: OutlineProps) {
  const low = knownRuns(expected?.low ?? []);
  return knownRuns(expected?.high ?? []).map((run, i) => (
    <path key={run.from} className="sketch-expected" d={between(low[i] ?? run, run, max)} />
  ));
}

function TotalOutline({ series: { tokens, extremes }, max }: OutlineProps) {
  const least = extremes ? knownRuns(extremes.least) : [];
  const most = extremes ? knownRuns(extremes.most) : [];
  return (
    <>
      {/* Both are known of the same points. */}
      {most.map((run, i) => (
        <path key={run.from} className="sketch-extremes" d={between(least[i] ?? run, run, max)} />
      ))}
      {knownRuns(tokens).map((run) => (
        <Fragment key={run.from}>
          <path className="chart-sketch-area" d={areaUnder(run, max)} />
          <path className="chart-sketch-line" d={`M${pointsOf(run, max)}`} />
        </Fragment>
      ))}
    </>
  );
}

function pointsOf({ from, values }: Run, max: number): string {
  const scaled = (value: number) => Math.round((HEIGHT * value) / max);
  return values.map((value, i) => `${from + i + 0.5} ${HEIGHT - scaled(value)}`).join('L');
}

function areaUnder(run: Run, max: number): string {
  const lastX = run.from + run.values.length - 0.5;
  return `M${run.from + 0.5} ${HEIGHT}L${pointsOf(run, max)}L${lastX} ${HEIGHT}z`;
}

function between(low: Run, high: Run, max: number): string {
  const back = pointsOf(low, max).split('L').reverse().join('L');
  return `M${pointsOf(high, max)}L${back}z`;
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
