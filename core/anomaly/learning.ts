import type { Resolution } from '../time/resolution.ts';
import type { Forecaster } from './forecaster.ts';
import { HourForecaster } from './hour-forecaster.ts';
import { MinuteForecaster } from './minute-forecaster.ts';

/** How slices are learnt: by what bins, from how long before, and how long a hole may be. */
export interface Learning {
  readonly resolution: Resolution;
  readonly beforeMs: number;
  readonly bridgedMs: number;
  readonly forecaster: () => Forecaster;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const MINUTES: Learning = {
  resolution: '1m',
  beforeMs: DAY_MS,
  bridgedMs: HOUR_MS,
  forecaster: () => new MinuteForecaster(),
};

const HOURS: Learning = {
  resolution: '1h',
  beforeMs: 28 * DAY_MS,
  // What is usual at an hour of the day is so after a week too.
  bridgedMs: 7 * DAY_MS,
  forecaster: () => new HourForecaster(),
};

/** @param pointMs width of the points that are to be told of */
export function learningFor(pointMs: number): Learning {
  return pointMs < HOUR_MS ? MINUTES : HOURS;
}
