import { describe, expect, it } from 'vitest';
import { CounterRandom, STREAM } from './random.ts';

const DRAWS = 40_000;
const CLASSES = 64;
/** Chi-square of 64 fair classes exceeds this once in about 100,000 tries. */
const CHI_SQUARE_LIMIT = 120;

const random = new CounterRandom(1);

function drawn(draw: (i: number) => number): number[] {
  return Array.from({ length: DRAWS }, (_, i) => draw(i));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function covariance(xs: readonly number[], ys: readonly number[]): number {
  const [meanX, meanY] = [mean(xs), mean(ys)];
  return mean(xs.map((x, i) => (x - meanX) * ((ys[i] ?? 0) - meanY)));
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  return covariance(xs, ys) / Math.sqrt(covariance(xs, xs) * covariance(ys, ys));
}

/** How unevenly values of (0, 1) fall into classes of equal width. */
function chiSquare(values: readonly number[]): number {
  const expected = values.length / CLASSES;
  const counts = Array.from(
    { length: CLASSES },
    (_, k) => values.filter((value) => Math.floor(value * CLASSES) === k).length,
  );
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('random numbers by counter', () => {
  it('F2 are the same for the same seed, stream and counters, whatever was drawn before', () => {
    const again = new CounterRandom(1);
    again.uniform(STREAM.size, 99);
    expect(again.bits(STREAM.minute, 3, 4, 5)).toBe(random.bits(STREAM.minute, 3, 4, 5));
  });

  it('F2 differ by seed, by stream, and when counters change places', () => {
    const draws = [
      random.bits(STREAM.minute, 1, 2, 3),
      random.bits(STREAM.minute, 2, 1, 3),
      random.bits(STREAM.minute, 1, 3, 2),
      random.bits(STREAM.minute, 3, 2, 1),
      random.bits(STREAM.bucket, 1, 2, 3),
      new CounterRandom(2).bits(STREAM.minute, 1, 2, 3),
    ];
    expect(new Set(draws).size).toBe(draws.length);
  });

  it.each([
    ['first', (i: number) => random.uniform(STREAM.tick, i)],
    ['second', (i: number) => random.uniform(STREAM.tick, 7, i)],
    ['third', (i: number) => random.uniform(STREAM.tick, 7, 7, i)],
    ['seed', (i: number) => new CounterRandom(i).uniform(STREAM.tick, 7)],
  ])('F2 are uniform along the %s counter', (_, draw) => {
    const values = drawn(draw);
    expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    expect(chiSquare(values)).toBeLessThan(CHI_SQUARE_LIMIT);
  });

  it('F2 have nothing to do with their neighbours, nor with other streams', () => {
    const values = drawn((i) => random.uniform(STREAM.tick, i));
    const others = [
      drawn((i) => random.uniform(STREAM.tick, i + 1)),
      drawn((i) => random.uniform(STREAM.tick, i, 1)),
      drawn((i) => random.uniform(STREAM.bucket, i)),
      drawn((i) => new CounterRandom(2).uniform(STREAM.tick, i)),
    ];
    for (const other of others) expect(Math.abs(correlation(values, other))).toBeLessThan(0.025);
  });

  it('F2 can be normal: mean 0, deviation 1, the usual share within one and two deviations', () => {
    const values = drawn((i) => random.normal(STREAM.load, i));
    const within = (limit: number) => values.filter((value) => Math.abs(value) < limit).length;
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(covariance(values, values)).toBeCloseTo(1, 1);
    expect(within(1) / DRAWS).toBeCloseTo(0.683, 2);
    expect(within(2) / DRAWS).toBeCloseTo(0.954, 2);
  });

  it('F2 can be log-normal with mean 1', () => {
    const values = drawn((i) => random.logNormal(0.5, STREAM.load, i));
    expect(mean(values)).toBeCloseTo(1, 1);
    expect(covariance(values, values)).toBeCloseTo(Math.exp(0.25) - 1, 1);
    expect(values.every((value) => value > 0)).toBe(true);
  });
});
