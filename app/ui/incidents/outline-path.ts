import type { Anomaly } from '#core/wire/anomalies.ts';

type Outline = NonNullable<Anomaly['outline']>;
type Values = readonly (number | null)[];

/** An outline as SVG path data, in a box. */
export interface OutlinePath {
  readonly actual: string;
  readonly usual: string;
  /** Closed shapes between the least and the most that would not have stood out. */
  readonly band: string;
  /** From where to where it was out of the ordinary. */
  readonly fromX: number;
  readonly toX: number;
}

/** Keeps the lines' own width inside the drawing. */
const MARGIN = 2;

/** @param endMs end of the incident, epoch ms; null: it goes on to the end of the drawing */
export function outlinePath(
  outline: Outline,
  startMs: number,
  endMs: number | null,
  width: number,
  height: number,
): OutlinePath {
  const { actual, usual, low, high, fromMs, binMs } = outline;
  const known = [...actual, ...usual, ...high].filter((value) => value !== null);
  const most = Math.max(Number.MIN_VALUE, ...known);
  const step = width / Math.max(1, actual.length - 1);
  const x = (at: number) => round(at * step);
  const y = (value: number) =>
    round(height - MARGIN - (Math.max(0, value) / most) * (height - 2 * MARGIN));
  const xOf = (ms: number) => round(Math.min(width, Math.max(0, ((ms - fromMs) / binMs) * step)));
  return {
    actual: lineOf(actual, x, y),
    usual: lineOf(usual, x, y),
    band: bandOf(low, high, x, y),
    fromX: xOf(startMs),
    toX: endMs === null ? width : xOf(endMs),
  };
}

type Place = (value: number) => number;

/** Known neighbours joined; a known value between gaps is a dot. */
function lineOf(values: Values, x: Place, y: Place): string {
  return values
    .map((value, at) => {
      if (value === null) return '';
      const isStart = (values[at - 1] ?? null) === null;
      const isAlone = isStart && (values[at + 1] ?? null) === null;
      return `${isStart ? 'M' : 'L'}${x(at)} ${y(value)}${isAlone ? 'h0' : ''}`;
    })
    .join('');
}

/** Along the upper edge, and back along the lower one; each run of known bins by itself. */
function bandOf(low: Values, high: Values, x: Place, y: Place): string {
  let path = '';
  let run: { readonly at: number; readonly low: number; readonly high: number }[] = [];
  for (let at = 0; at <= high.length; at++) {
    const [least, most] = [low[at] ?? null, high[at] ?? null];
    if (least !== null && most !== null) {
      run.push({ at, low: least, high: most });
      continue;
    }
    const upper = run.map((one) => `${x(one.at)} ${y(one.high)}`);
    const lower = run.toReversed().map((one) => `${x(one.at)} ${y(one.low)}`);
    if (run.length > 1) path += `M${[...upper, ...lower].join('L')}Z`;
    run = [];
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
