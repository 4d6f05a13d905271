import { PRICES } from '#core/billing/prices.ts';
import { FINEST_MS, ceilTo, floorTo } from '#core/time/resolution.ts';
import { epochOf } from '../epoch.ts';
import type { MetricStore, Tick } from '../metric-store.ts';
import { History } from './history.ts';
import { type Incident, Incidents } from './incidents.ts';
import { profilesOf } from './profiles.ts';
import { CounterRandom } from './random.ts';
import { Turns } from './turns.ts';

export interface FleetOptions {
  /** Whole number in [0, 2^32). */
  readonly seed: number;
  readonly customers: number;
  readonly tenants: number;
  /** Divides 5,000. */
  readonly tickMs: number;
  /** 'now': also a runaway agent that starts with the first full 5 s, 10 s or more after `startedAtMs`. */
  readonly incidents: 'on' | 'off' | 'now';
  /** When the server was started, epoch ms; matters for 'now' only. */
  readonly startedAtMs: number;
}

/** A metric store that also knows the truth about what it made up. */
export interface Fleet extends MetricStore {
  /** Every incident of which some part lies in `[fromMs, toMs)` (epoch ms), by start. */
  incidentsBetween(fromMs: number, toMs: number): readonly Incident[];
}

/** To be raised with every change that changes a number: clients keep what they hold of an epoch. */
const GENERATOR_VERSION = 1;
/** The fleet has existed since then; an hour's start. */
const ANCHOR_MS = Date.UTC(2024, 0, 1);

/**
 * A simulated fleet of customers: a pure function of its options and of time, so any past instant can be asked for
 * and answers the same, after a restart too.
 */
export function createFleet(options: FleetOptions): Fleet {
  const { seed, customers, tenants, tickMs, incidents: mode, startedAtMs } = options;
  const random = new CounterRandom(seed);
  const { profiles, series } = profilesOf(random, customers, tenants);
  const turns = new Turns(random, profiles, tickMs);
  const incidents = new Incidents(random, profiles, mode, startedAtMs);
  const history = new History({ random, profiles, series, turns, incidents }, tickMs);
  return {
    source: {
      kind: 'fleet',
      label: `simulated fleet of ${customers} customers in ${tenants} tenants`,
      isLatencyModelled: false,
    },
    epoch: fleetEpoch(options),
    revision: 0,
    tickMs,
    earliestMs: ANCHOR_MS,
    series,
    watermarkAt: (nowMs) => floorTo(nowMs, tickMs) - 1,
    ticks: (fromMs, toMs) => ticksOf(history, tickMs, fromMs, toMs),
    rollups: (fromMs, toMs, resolution) =>
      history.rollups(Math.max(fromMs, ANCHOR_MS), toMs, resolution),
    revisedSince: () => [],
    incidentsBetween: (fromMs, toMs) => incidents.between(fromMs, toMs),
  };
}

function fleetEpoch({ startedAtMs, ...options }: FleetOptions): string {
  return epochOf({
    source: 'fleet',
    version: GENERATOR_VERSION,
    anchorMs: ANCHOR_MS,
    seed: options.seed,
    customers: options.customers,
    tenants: options.tenants,
    tickMs: options.tickMs,
    incidents: options.incidents,
    startedAtMs: options.incidents === 'now' ? startedAtMs : null,
    prices: PRICES,
    // The language leaves the last digit of Math.exp and its like to the engine, and a digit may tip a rounding.
    engine: process.versions.v8,
  });
}

function* ticksOf(
  history: History,
  tickMs: number,
  fromMs: number,
  toMs: number,
): Generator<Tick, void> {
  for (let startMs = ceilTo(fromMs, tickMs); startMs < toMs; startMs += tickMs) {
    const bucketMs = floorTo(startMs, FINEST_MS);
    const tick = history.ticksOf(bucketMs)[(startMs - bucketMs) / tickMs];
    yield startMs < ANCHOR_MS || !tick ? { startMs, rows: [] } : tick;
  }
}
