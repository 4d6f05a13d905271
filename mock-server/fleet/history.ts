import type { RollupRows } from '#core/rollup/rollup.ts';
import { FINEST_MS, RESOLUTION_MS, type Resolution } from '#core/time/resolution.ts';
import type { Tick, TickRow } from '../metric-store.ts';
import { BUCKETS_PER_MINUTE, bucketUsage, hourUsage, minuteUsage, tickUsage } from './levels.ts';
import { MINUTES_PER_HOUR } from './load.ts';
import { type HourPlan, type World, planOf } from './plan.ts';
import { Recent } from './recent.ts';
import { RowsBuilder } from './rows-builder.ts';
import type { Cells, Usage } from './usage.ts';

/** At 1,000 customers an hour takes about 8 MB, a minute 0.8 MB. */
const HOURS_KEPT = 3;
const MINUTES_KEPT = 12;
const BUCKETS_KEPT = 6;

interface Hour {
  readonly plan: HourPlan;
  readonly minutes: Usage;
}

/**
 * All that a world ever used, from the top down: an hour's totals are split into minutes, those into 5 s buckets,
 * those into ticks. Made when asked for; only the newest asked for is kept.
 */
export class History {
  readonly #world: World;
  readonly #tickMs: number;
  readonly #hours = new Recent<Hour>(HOURS_KEPT);
  readonly #minutes = new Recent<Usage>(MINUTES_KEPT);
  readonly #buckets = new Recent<readonly Tick[]>(BUCKETS_KEPT);

  constructor(world: World, tickMs: number) {
    this.#world = world;
    this.#tickMs = tickMs;
  }

  /** Rollups of `[fromMs, toMs)`, multiples of the resolution. */
  rollups(fromMs: number, toMs: number, resolution: Resolution): RollupRows {
    const rows = new RowsBuilder();
    for (let startMs = fromMs; startMs < toMs; startMs += RESOLUTION_MS[resolution])
      rows.addBucket(startMs, this.#bucketAt(startMs, resolution));
    return rows.toRows();
  }

  /** The ticks of the 5 s bucket that starts at `startMs`, in order. */
  ticksOf(startMs: number): readonly Tick[] {
    return this.#buckets.get(startMs, () => this.#splitBucket(startMs));
  }

  #bucketAt(startMs: number, resolution: Resolution): Cells {
    const hour = Math.floor(startMs / RESOLUTION_MS['1h']);
    const minute = Math.floor(startMs / RESOLUTION_MS['1m']);
    if (resolution === '1h')
      return { usage: hourUsage(this.#world, planOf(this.#world, hour)), perSeries: 1, offset: 0 };
    if (resolution === '1m') {
      const offset = minute % MINUTES_PER_HOUR;
      return { usage: this.#hour(hour).minutes, perSeries: MINUTES_PER_HOUR, offset };
    }
    const offset = (startMs / FINEST_MS) % BUCKETS_PER_MINUTE;
    return { usage: this.#bucketsOf(minute), perSeries: BUCKETS_PER_MINUTE, offset };
  }

  #hour(hour: number): Hour {
    return this.#hours.get(hour, () => {
      const plan = planOf(this.#world, hour);
      return { plan, minutes: minuteUsage(this.#world, plan, hourUsage(this.#world, plan)) };
    });
  }

  #bucketsOf(minute: number): Usage {
    return this.#minutes.get(minute, () => {
      const { plan, minutes } = this.#hour(Math.floor(minute / MINUTES_PER_HOUR));
      return bucketUsage(this.#world, plan, minutes, minute % MINUTES_PER_HOUR);
    });
  }

  #splitBucket(startMs: number): readonly Tick[] {
    const { usage, offset } = this.#bucketAt(startMs, '5s');
    const minute = Math.floor(startMs / RESOLUTION_MS['1m']);
    const { plan } = this.#hour(Math.floor(minute / MINUTES_PER_HOUR));
    const ticks = tickUsage(this.#world, plan, usage, minute % MINUTES_PER_HOUR, offset);
    const perBucket = FINEST_MS / this.#tickMs;
    return Array.from({ length: perBucket }, (_, tick) => ({
      startMs: startMs + tick * this.#tickMs,
      rows: rowsOf({ usage: ticks, perSeries: perBucket, offset: tick }),
    }));
  }
}

function rowsOf({ usage, perSeries, offset }: Cells): readonly TickRow[] {
  const rows: TickRow[] = [];
  for (let place = offset, series = 0; place < usage.calls.length; place += perSeries, series++) {
    const calls = usage.calls[place] ?? 0;
    if (calls === 0) continue;
    rows.push({
      series,
      rollup: {
        calls,
        tokens: usage.tokens[place] ?? 0,
        costMicroUsd: usage.costMicroUsd[place] ?? 0,
        latencyMsSum: usage.latencyMsSum[place] ?? 0,
      },
    });
  }
  return rows;
}
