import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinScore, RecordBand } from './record-band.ts';

const BINS_PER_HOUR = 12;
const BINS_PER_DAY = 24 * BINS_PER_HOUR;
/** Monday, 16 November 2026, 00:00. */
const FIRST_HOUR = Date.UTC(2026, 10, 16) / 3_600_000;
const HORIZON = 8_000;

const hourAt = (bin: number) => FIRST_HOUR + Math.floor(bin / BINS_PER_HOUR);

/** Park and Miller's minimal standard: the same numbers on every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Noise on a daily curve. */
function aSeries(days: number, seed = 7): number[] {
  const random = randomOf(seed);
  return Array.from(
    { length: days * BINS_PER_DAY },
    (_, bin) => 100 + 40 * Math.sin((2 * Math.PI * bin) / BINS_PER_DAY) + 10 * random(),
  );
}

function scoresOf(values: readonly number[], horizon = HORIZON): BinScore[] {
  const band = new RecordBand(horizon);
  return values.map((value, bin) => band.push(value, hourAt(bin)));
}

function last(scores: readonly BinScore[]): BinScore {
  const score = scores.at(-1);
  if (!score) throw new Error('no scores');
  return score;
}

describe('RecordBand', () => {
  it('X1 says by which view, which way and since when a bin is unusual', () => {
    const values = aSeries(7);
    const night = values.length + 216;
    const calm = [...values, ...aSeries(8).slice(values.length, night)];
    expect(last(scoresOf(calm)).score).toBeLessThan(0.5);
    // 95 is ordinary by day and never seen at this hour of the night, when it is usually 65.
    const raised = last(scoresOf([...calm, 95]));
    expect(raised.score).toBeGreaterThan(0.9);
    expect(raised).toMatchObject({ direction: 'up', watchedBins: calm.length });
    expect(['trend', 'profile']).toContain(raised.signal);
    const lowest = last(scoresOf([...calm, 10]));
    expect(lowest.score).toBeGreaterThan(1);
    expect(lowest).toMatchObject({ direction: 'down', sinceBins: calm.length });
  });

  it('X1 says nothing of the first 20 bins, nor of a series that never moves', () => {
    const jump = [...Array<number>(19).fill(5), 500];
    expect(scoresOf(jump).every((one) => one.score === 0)).toBe(true);
    const still = scoresOf(Array<number>(2_000).fill(7));
    expect(Math.max(...still.map((one) => one.score))).toBeLessThan(0.06);
  });

  it('X1 stands out at the first move after never having moved', () => {
    const moved = last(scoresOf([...Array<number>(1_000).fill(7), 7.001]));
    expect(moved.score).toBeGreaterThan(1.2);
    expect(Number.isFinite(moved.score)).toBe(true);
  });

  it('X2 depends on nothing that comes later', () => {
    const values = aSeries(3);
    const whole = scoresOf(values);
    expect(scoresOf(values.slice(0, 500))).toEqual(whole.slice(0, 500));
  });

  it('X2 goes on exactly as before when it was saved as JSON and restored, at any bin', () => {
    const values = aSeries(4);
    const whole = scoresOf(values, 400);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: values.length - 1 }), (at) => {
        const before = new RecordBand(400);
        for (let bin = 0; bin < at; bin++) before.push(values[bin] ?? 0, hourAt(bin));
        const text = JSON.stringify(before.toState());
        const after = new RecordBand(400, JSON.parse(text));
        expect(after.band(0.5)).toEqual(before.band(0.5));
        const next = values.slice(at, at + 300);
        expect(next.map((value, i) => after.push(value, hourAt(at + i)))).toEqual(
          whole.slice(at, at + 300),
        );
      }),
      { seed: 1, numRuns: 25 },
    );
  });

  it('X2 is small: its state as JSON is a few kilobytes, however long it has watched', () => {
    const band = new RecordBand(40_000);
    for (const [bin, value] of aSeries(100).entries()) band.push(value, hourAt(bin));
    expect(JSON.stringify(band.toState()).length).toBeLessThan(12_000);
  });

  it('X3 scores the same in any unit: v and a v + b, a > 0', () => {
    const values = [...aSeries(4), 400, 90, 20, 150];
    const expected = scoresOf(values);
    for (const [a, b] of [
      [1e-6, 0],
      [1e9, 0],
      [1, 1e4],
      [0.37, -55],
    ] as const) {
      const scaled = scoresOf(values.map((value) => a * value + b));
      for (const [bin, { score, direction }] of scaled.entries()) {
        expect(score).toBeCloseTo(expected[bin]?.score ?? 0, 6);
        if (score > 0.5) expect(direction).toBe(expected[bin]?.direction);
      }
    }
  });

  it('X3 scores a drop as it scores the rise that mirrors it', () => {
    const values = [...aSeries(4), 400];
    const mirrored = scoresOf(values.map((value) => -value));
    const expected = scoresOf(values);
    for (const [bin, { score }] of mirrored.entries())
      expect(score).toBeCloseTo(expected[bin]?.score ?? 0, 9);
    expect(last(mirrored).direction).toBe('down');
    expect(last(expected).direction).toBe('up');
  });

  it('X2 can be asked about a value without being changed by the question', () => {
    const values = aSeries(2);
    const band = new RecordBand(HORIZON);
    for (const [bin, value] of values.entries()) {
      const before = JSON.stringify(band.toState().signals);
      const asked = band.assess(value, hourAt(bin));
      band.assess(1e6, hourAt(bin));
      expect(JSON.stringify(band.toState().signals)).toBe(before);
      expect(band.push(value, hourAt(bin))).toEqual(asked);
    }
    expect(band.bins).toBe(values.length);
  });

  it('X7 finds the same again when it did not learn from it', () => {
    const random = randomOf(3);
    const values = Array.from({ length: 1_000 }, () => 100 + 10 * random());
    const spikeAt = values.length - 200;
    const replayed = (isHeld: boolean) => {
      const band = new RecordBand(HORIZON);
      for (const [bin, value] of values.entries()) {
        if (bin < spikeAt || bin >= spikeAt + 30) band.push(value, hourAt(bin));
        else if (isHeld) band.hold(hourAt(bin));
        else band.push(400, hourAt(bin));
      }
      return band.push(390, hourAt(values.length)).score;
    };
    expect(replayed(false)).toBeLessThan(0.3);
    expect(replayed(true)).toBeGreaterThan(1.1);
  });

  it('X7 moves the trend with the hours of the day while it does not learn', () => {
    const band = new RecordBand(HORIZON);
    // 10 by day from 6 to 18, else 4.
    const levelAt = (bin: number) => (Math.abs(((bin / BINS_PER_HOUR) % 24) - 12) < 6 ? 10 : 4);
    const start = 2 * BINS_PER_DAY + 15 * BINS_PER_HOUR;
    for (let bin = 0; bin < start; bin++) band.push(levelAt(bin), hourAt(bin));
    const byDay = band.trend;
    for (let bin = start; bin < start + 6 * BINS_PER_HOUR; bin++) band.hold(hourAt(bin));
    expect(byDay).toBeGreaterThan(9);
    expect(band.trend).toBeCloseTo(byDay - 6, 0);
  });

  it('X4 has a band that is left exactly by what the trend has not strayed to for long', () => {
    const values = aSeries(5);
    const band = new RecordBand(HORIZON);
    const gaps: number[] = [];
    for (const [bin, value] of values.entries()) {
      const { low, high } = band.band(0.5);
      if (bin > 100) {
        const longAgo = gaps.slice(-Math.floor(0.5 * bin));
        expect(high).toBeGreaterThanOrEqual(band.trend + Math.max(...longAgo));
        expect(low).toBeLessThanOrEqual(band.trend + Math.min(...longAgo));
        // Its margin is narrow.
        expect(high).toBeLessThan(band.trend + Math.max(...longAgo) + 15);
      }
      gaps.push(bin === 0 ? 0 : value - band.trend);
      band.push(value, hourAt(bin));
    }
  });

  it('X4 has a trend that is the mean at first and then follows within an hour of minutes', () => {
    const band = new RecordBand(HORIZON);
    for (const value of [10, 20, 60]) band.push(value, FIRST_HOUR);
    expect(band.trend).toBeCloseTo(30, 9);
    for (let bin = 0; bin < 500; bin++) band.push(30, FIRST_HOUR);
    for (let bin = 0; bin < 61; bin++) band.push(130, FIRST_HOUR);
    // 1 - (1 - 2/61)^61 of the step.
    expect(band.trend).toBeCloseTo(30 + 100 * (1 - (1 - 2 / 61) ** 61), 1);
  });
});
