// What the scales of the chart library take from `d3-interpolate`, for numbers alone: the build puts it in its place.

type Between = (share: number) => number;

/** What lies between two numbers: `a` at 0, `b` at 1, beyond them outside. */
export function interpolateNumber(a: number, b: number): Between {
  return (share) => a * (1 - share) + b * share;
}

export { interpolateNumber as interpolate };

/** The same in whole numbers. */
export function interpolateRound(a: number, b: number): Between {
  const between = interpolateNumber(a, b);
  return (share) => Math.round(between(share));
}

/** @throws always: only scales that go over more than one colour ask for it */
export function piecewise(): never {
  throw new Error('scales of numbers have no pieces');
}
