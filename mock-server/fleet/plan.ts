import type { SeriesDictionary } from '#core/rollup/series.ts';
import { RESOLUTION_MS } from '#core/time/resolution.ts';
import { type Incident, type Incidents, factorIn, isHit } from './incidents.ts';
import { MINUTES_PER_HOUR, awakeMinutesOf, loadAt } from './load.ts';
import type { Profile } from './profiles.ts';
import { type CounterRandom, STREAM } from './random.ts';
import type { Turns } from './turns.ts';

/** Everything about a fleet that does not change with time, or can be asked for any time. */
export interface World {
  readonly random: CounterRandom;
  readonly profiles: readonly Profile[];
  readonly series: SeriesDictionary;
  readonly turns: Turns;
  readonly incidents: Incidents;
}

/**
 * What to expect of each series in each minute of an hour, before anything is rounded. All columns have a place for
 * every (series, minute of the hour): `series * 60 + minute`.
 */
export interface HourPlan {
  /** Hours since the epoch. */
  readonly hour: number;
  /** Ticks that belong to the series; all of the minute's if only it is in use, 0 if nothing can be used. */
  readonly turns: Float64Array;
  /** Expected calls, at least one a turn. */
  readonly calls: Float64Array;
  /** Tokens per call, relative to what the series usually has. */
  readonly tokensPerCall: Float64Array;
  /** Latency per call, relative to what the series usually has. */
  readonly latencyPerCall: Float64Array;
}

/** Minutes of an hour, half-open. */
interface Minutes {
  readonly from: number;
  readonly to: number;
}

const HOUR_MS = RESOLUTION_MS['1h'];
const MINUTE_MS = RESOLUTION_MS['1m'];
/** Standard deviations, of the logarithm, from one hour to the next. */
const TOKENS_SIGMA = 0.1;
const LATENCY_SIGMA = 0.08;
/** A retry sends little and waits long. */
const RETRY_TOKENS = 0.35;
const RETRY_LATENCY = 2.5;

/** The plan of an hour (hours since the epoch) for all series. */
export function planOf(world: World, hour: number): HourPlan {
  const places = world.series.size * MINUTES_PER_HOUR;
  const plan = {
    hour,
    turns: new Float64Array(places),
    calls: new Float64Array(places),
    tokensPerCall: new Float64Array(places),
    latencyPerCall: new Float64Array(places),
  };
  for (const profile of world.profiles) planCustomer(world, plan, profile);
  const incidents = world.incidents.between(hour * HOUR_MS, (hour + 1) * HOUR_MS);
  // Switches first: what moves to another model is then multiplied there. The order of the others does not matter.
  for (const one of incidents) if (one.kind === 'model-switch') switchModel(world, plan, one);
  for (const one of incidents) if (one.kind !== 'model-switch') multiplyUsage(world, plan, one);
  return plan;
}

function planCustomer({ random, turns }: World, plan: HourPlan, profile: Profile): void {
  const { hour } = plan;
  const awake = awakeMinutesOf(random, profile, hour);
  const load = loadAt(random, profile, hour);
  const nextLoad = loadAt(random, profile, hour + 1);
  for (const use of profile.uses) {
    const first = use.series * MINUTES_PER_HOUR;
    const callsPerMinute = use.callsPerHour / MINUTES_PER_HOUR;
    const turnsPerMinute = turns.inMinute(use);
    drawLine(plan.calls, first, awake, callsPerMinute * load, callsPerMinute * nextLoad);
    for (let place = first + awake.from; place < first + awake.to; place++) {
      plan.turns[place] = turnsPerMinute;
      plan.calls[place] = Math.max(plan.calls[place] ?? 0, turnsPerMinute);
    }
    const tokens = random.logNormal(TOKENS_SIGMA, STREAM.tokens, use.series, hour);
    const nextTokens = random.logNormal(TOKENS_SIGMA, STREAM.tokens, use.series, hour + 1);
    drawLine(plan.tokensPerCall, first, awake, tokens, nextTokens);
    const latency = random.logNormal(LATENCY_SIGMA, STREAM.latency, use.series, hour);
    const nextLatency = random.logNormal(LATENCY_SIGMA, STREAM.latency, use.series, hour + 1);
    drawLine(plan.latencyPerCall, first, awake, latency, nextLatency);
  }
}

/**
 * Fills minutes with a straight line from the value at the start of the hour to the one at its end. Both are draws of
 * the full hour they stand at, so the next hour goes on where this one ends: nothing jumps.
 */
function drawLine(
  column: Float64Array,
  first: number,
  { from, to }: Minutes,
  atStart: number,
  atEnd: number,
): void {
  for (let minute = from; minute < to; minute++)
    column[first + minute] = atStart + (atEnd - atStart) * ((minute + 0.5) / MINUTES_PER_HOUR);
}

/** All calls and all turns of a customer go to one of its models. */
function switchModel({ profiles, turns }: World, plan: HourPlan, incident: Incident): void {
  const uses = profiles.find((one) => one.customerId === incident.customerId)?.uses ?? [];
  const { from, to } = minutesOf(plan, incident);
  for (let minute = from; minute < to; minute++) {
    const places = uses.map((use) => use.series * MINUTES_PER_HOUR + minute);
    const calls = places.reduce((sum, place) => sum + (plan.calls[place] ?? 0), 0);
    for (const [slot, place] of places.entries()) {
      const isTarget = uses[slot]?.call.model === incident.model && calls > 0;
      plan.calls[place] = isTarget ? calls : 0;
      plan.turns[place] = isTarget ? turns.ticksPerMinute : 0;
    }
  }
}

function multiplyUsage({ profiles }: World, plan: HourPlan, incident: Incident): void {
  const { kind, factor } = incident;
  const minutes = minutesOf(plan, incident);
  const series = profiles.flatMap((profile) =>
    profile.uses.filter((use) => isHit(incident, profile, use)).map((use) => use.series),
  );
  for (const one of series) {
    const first = one * MINUTES_PER_HOUR;
    if (kind === 'latency-brown-out') scale(plan.latencyPerCall, first, minutes, factor);
    else scaleCalls(plan, first, minutes, incident);
    if (kind === 'outage') scale(plan.turns, first, minutes, 0);
    if (kind === 'retry-storm') {
      scale(plan.tokensPerCall, first, minutes, RETRY_TOKENS);
      scale(plan.latencyPerCall, first, minutes, RETRY_LATENCY);
    }
  }
}

function scaleCalls(
  plan: HourPlan,
  first: number,
  { from, to }: Minutes,
  incident: Incident,
): void {
  for (let minute = from; minute < to; minute++) {
    const startMs = plan.hour * HOUR_MS + minute * MINUTE_MS;
    const by = factorIn(incident, startMs, startMs + MINUTE_MS);
    plan.calls[first + minute] = (plan.calls[first + minute] ?? 0) * by;
  }
}

function scale(column: Float64Array, first: number, { from, to }: Minutes, by: number): void {
  for (let place = first + from; place < first + to; place++)
    column[place] = (column[place] ?? 0) * by;
}

/** The minutes of the plan's hour that an incident covers. */
function minutesOf(plan: HourPlan, incident: Incident): Minutes {
  const firstMinute = plan.hour * MINUTES_PER_HOUR;
  return {
    from: Math.max(0, Math.floor(incident.fromMs / MINUTE_MS) - firstMinute),
    to: Math.min(MINUTES_PER_HOUR, Math.ceil(incident.toMs / MINUTE_MS) - firstMinute),
  };
}
