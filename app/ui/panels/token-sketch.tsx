import type { TokenSeries } from '#core/view/frame.ts';
import { axisFor } from '../nice-scale.ts';
import { peakOf } from './token-rows.ts';

/** What the chart chooses on a screen of usual size. */
const Y_STEPS = 5;

/**
 * The line of the token chart and nothing else. It needs no library, so it is on screen before the one
 * that draws the chart has been read, in the place where the chart then appears.
 */
export function TokenSketch({ series }: { series: TokenSeries }) {
  const { tokens } = series;
  const { max } = axisFor(peakOf(series, 'total'), Y_STEPS);
  return (
    <div className="chart" aria-hidden="true">
      <div className="chart-sketch">
        <svg viewBox={`0 0 ${tokens.length} ${max}`} preserveAspectRatio="none">
          {knownRuns(tokens).map((run) => (
            <RunOutline key={run.from} run={run} max={max} />
          ))}
        </svg>
      </div>
    </div>
  );
}

/** A stretch of buckets without a gap. */
interface Run {
  /** Index of its first bucket. */
  readonly from: number;
  readonly values: readonly number[];
}

function RunOutline({ run, max }: { run: Run; max: number }) {
  const { from, values } = run;
  const points = values.map((value, i) => `${from + i + 0.5} ${max - value}`).join('L');
  const lastX = from + values.length - 0.5;
  return (
    <>
      <path className="chart-sketch-area" d={`M${from + 0.5} ${max}L${points}L${lastX} ${max}z`} />
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
