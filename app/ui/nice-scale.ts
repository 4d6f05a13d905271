const MULTIPLES = [1, 2, 5, 10];

/** The smallest of ... 0.1, 0.2, 0.5, 1, 2, 5, 10 ... at or above `value`, which is positive. */
export function niceAtLeast(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  // Rounding can put 10 x power a hair below the value: then the next power is the answer.
  const multiple = MULTIPLES.find((candidate) => candidate * power >= value) ?? 20;
  return multiple * power;
}

/** Evenly spaced round numbers from 0 to the end of an axis. */
export interface Axis {
  readonly max: number;
  readonly ticks: readonly number[];
}

/**
 * An axis from 0 that holds `peak` and changes only when `peak` passes a round number.
 * @param steps how many steps it has at most
 */
export function axisFor(peak: number, steps: number): Axis {
  const step = niceAtLeast(Math.max(peak, steps) / steps);
  const count = Math.max(1, Math.ceil(peak / step));
  return {
    max: count * step,
    ticks: Array.from({ length: count + 1 }, (_, i) => i * step),
  };
}
