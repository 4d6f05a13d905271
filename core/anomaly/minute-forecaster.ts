import type { Rollup } from '../rollup/rollup.ts';
import type { Forecast, Forecaster } from './forecaster.ts';
import { GroupWatch } from './group-watch.ts';
import { localHourOf } from './local-hour.ts';
import { measured, WATCHED } from './measure.ts';
import { alarmLevelOf, DEFAULT_SETTINGS } from './settings.ts';

/** Minutes of use: as many as the trend remembers. */
const LEAST_BINS = 60;
const LEVEL = alarmLevelOf(DEFAULT_SETTINGS);
/** The hours of the day are those of UTC: a band shall not move with the zone in which times are told. */
const UTC_OFFSET_MINUTES = 0;

/** Of minutes: the trend and the band of a slice as the detection has them for a group, which holds still in an incident. */
export class MinuteForecaster implements Forecaster {
  readonly #watch = new GroupWatch();
  #bins = 0;

  forecast(): Forecast | null {
    const trend = this.#watch.expected('tokens');
    const band = this.#watch.expectedBand('tokens');
    return this.#bins < LEAST_BINS || trend === null || !band ? null : { trend, ...band };
  }

  learn(startMs: number, sums: Rollup): void {
    const localHour = localHourOf(startMs, UTC_OFFSET_MINUTES);
    const values = WATCHED.map((what) => measured(what, sums));
    this.#watch.push({ group: 0, startMs, localHour, sums, values }, LEVEL, true);
    if (sums.tokens > 0) this.#bins++;
  }
}
