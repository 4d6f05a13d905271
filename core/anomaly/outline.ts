import { RESOLUTION_MS } from '../time/resolution.ts';
import type { IncidentReport } from '../wire/incidents.ts';
import type { Incident } from './incident.ts';
import type { Watched } from './measure.ts';
import type { Course } from './recent-minutes.ts';

const BIN_MS = RESOLUTION_MS['1m'];
/** Shown before an incident began. */
export const BEFORE_MS = 45 * BIN_MS;
const MOST_BINS = 120;
const DIGITS = 4;

type Outline = NonNullable<IncidentReport['outline']>;
type Values = readonly (number | null)[];

const LINES = ['actual', 'usual', 'low', 'high'] as const;

/** The measure that shows what deviated: silence is one of calls, what repeats itself are the tokens, and a spike costs money. */
export function shownBy({ kind, reason }: Incident): Watched {
  if (kind === 'spend-spike') return 'spend';
  if (reason.what === 'silence') return 'calls';
  return reason.what === 'stuck' ? 'tokens' : reason.what;
}

/** @returns null: there is nothing to draw */
export function outlineOf(what: Watched, course: Course): Outline | null {
  if (course.actual.length === 0) return null;
  const { fromMs, actual, usual, low, high } = course;
  return fitted({ what, fromMs, binMs: BIN_MS, actual, usual, low, high });
}

/**
 * An outline with the minutes that it does not have yet. A bin is the mean of its minutes, so that its unit stays the same.
 * @param toMs end of what the outline has, epoch ms
 * @param course from then on; what it does not reach back to is unknown
 */
export function extended(outline: Outline, toMs: number, course: Course): Outline {
  const missing = (course.fromMs - toMs) / BIN_MS;
  let longer = outline;
  for (let i = -missing; i < course.actual.length; i++)
    longer = fitted(withMinute(longer, toMs + (i + missing) * BIN_MS, course, i));
  return longer;
}

/** As it is sent: nobody sees more digits in a chart of this size. */
export function rounded(outline: Outline): Outline {
  return mapped(outline, (values) =>
    values.map((value) => (value === null ? null : Number(value.toPrecision(DIGITS)))),
  );
}

function withMinute(outline: Outline, toMs: number, course: Course, i: number): Outline {
  const inBin = ((toMs - outline.fromMs) % outline.binMs) / BIN_MS;
  return mapped(outline, (values, line) => {
    const value = course[line][i] ?? null;
    if (inBin === 0) return [...values, value];
    return [...values.slice(0, -1), mean(values.at(-1) ?? null, inBin, value, 1)];
  });
}

/** With bins twice as wide if there are too many. */
function fitted(outline: Outline): Outline {
  if (outline.actual.length <= MOST_BINS) return outline;
  const halved = mapped(outline, (values) =>
    Array.from({ length: Math.ceil(values.length / 2) }, (_, i) =>
      2 * i + 1 < values.length
        ? mean(values[2 * i] ?? null, 1, values[2 * i + 1] ?? null, 1)
        : (values[2 * i] ?? null),
    ),
  );
  return fitted({ ...halved, binMs: 2 * outline.binMs });
}

function mapped(
  outline: Outline,
  change: (values: Values, line: (typeof LINES)[number]) => Values,
): Outline {
  const [actual, usual, low, high] = LINES.map((line) => change(outline[line], line));
  return { ...outline, ...(actual && usual && low && high && { actual, usual, low, high }) };
}

/** Of two values with their weights; of one, if the other is none. */
function mean(a: number | null, weightA: number, b: number | null, weightB: number): number | null {
  if (a === null) return b;
  return b === null ? a : (a * weightA + b * weightB) / (weightA + weightB);
}
