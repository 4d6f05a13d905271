import { costMicroUsd } from '#core/billing/prices.ts';
import { FINEST_MS, RESOLUTION_MS } from '#core/time/resolution.ts';
import { factorIn, isHit } from './incidents.ts';
import { MINUTES_PER_HOUR } from './load.ts';
import type { HourPlan, World } from './plan.ts';
import type { ModelUse } from './profiles.ts';
import { type Stream, STREAM } from './random.ts';
import type { TickParts } from './turns.ts';
import { type Portions, type Usage, emptyPortions, emptyUsage, splitUsage } from './usage.ts';

export const BUCKETS_PER_MINUTE = RESOLUTION_MS['1m'] / FINEST_MS;

/** Standard deviations, of the logarithm, from one part to the next. */
interface Noise {
  readonly stream: Stream;
  readonly calls: number;
  readonly tokens: number;
  readonly latency: number;
}

const MINUTE_NOISE: Noise = { stream: STREAM.minute, calls: 0.15, tokens: 0.08, latency: 0.06 };
const BUCKET_NOISE: Noise = { stream: STREAM.bucket, calls: 0.4, tokens: 0.15, latency: 0.1 };
const TICK_NOISE: Noise = { stream: STREAM.tick, calls: 0.5, tokens: 0.25, latency: 0.15 };
/** What all customers do together, from one bucket to the next: else the noise of many would cancel out. */
const WEATHER_SIGMA = 0.11;

/** What each series uses in an hour; cells are series. */
export function hourUsage({ profiles, series }: World, plan: HourPlan): Usage {
  const usage = emptyUsage(series.size);
  for (const { uses } of profiles) for (const use of uses) totalUp(plan, use, usage);
  return usage;
}

/** What each series uses in each minute of an hour; cells are `series * 60 + minute`. */
export function minuteUsage(world: World, plan: HourPlan, hour: Usage): Usage {
  const firstMinute = plan.hour * MINUTES_PER_HOUR;
  return splitAll(
    world,
    hour,
    (series) => series,
    MINUTES_PER_HOUR,
    (portions, use) => {
      const first = use.series * MINUTES_PER_HOUR;
      for (let minute = 0; minute < MINUTES_PER_HOUR; minute++) {
        const place = first + minute;
        const turns = plan.turns[place] ?? 0;
        portions.turns[minute] = turns;
        portions.extraCalls[minute] = (plan.calls[place] ?? 0) - turns;
        portions.tokensPerCall[minute] = plan.tokensPerCall[place] ?? 0;
        portions.latencyPerCall[minute] = plan.latencyPerCall[place] ?? 0;
      }
      addNoise(world, portions, MINUTE_NOISE, use.series, firstMinute);
    },
  );
}

/**
 * What each series uses in each 5 s bucket of a minute; cells are `series * 12 + bucket`.
 *
 * @param minutes of the plan's hour, as `minuteUsage` has them
 * @param minute of the hour
 */
export function bucketUsage(world: World, plan: HourPlan, minutes: Usage, minute: number): Usage {
  const ticksPerBucket = world.turns.ticksPerMinute / BUCKETS_PER_MINUTE;
  const minuteNumber = plan.hour * MINUTES_PER_HOUR + minute;
  const firstBucket = minuteNumber * BUCKETS_PER_MINUTE;
  const parts = { minute: minuteNumber, firstTick: 0, ticksPerPart: ticksPerBucket };
  const weather = Array.from({ length: BUCKETS_PER_MINUTE }, (_, bucket) =>
    world.random.logNormal(WEATHER_SIGMA, STREAM.weather, firstBucket + bucket),
  );
  const wholeOf = (series: number) => series * MINUTES_PER_HOUR + minute;
  const startMs = minuteNumber * RESOLUTION_MS['1m'];
  const cut = world.incidents.cutBetween(startMs, startMs + RESOLUTION_MS['1m']);
  return splitAll(world, minutes, wholeOf, BUCKETS_PER_MINUTE, (portions, use) => {
    countTurns(world, plan, use, parts, portions.turns);
    const hits = cut.filter((one) => isHit(one, world.series.keyOf(use.series), use));
    for (let bucket = 0; bucket < BUCKETS_PER_MINUTE; bucket++) {
      const bucketMs = startMs + bucket * FINEST_MS;
      const by = hits.reduce((all, one) => all * factorIn(one, bucketMs, bucketMs + FINEST_MS), 1);
      portions.extraCalls[bucket] = (portions.turns[bucket] ?? 0) * (weather[bucket] ?? 1) * by;
      portions.tokensPerCall[bucket] = 1;
      portions.latencyPerCall[bucket] = 1;
    }
    addNoise(world, portions, BUCKET_NOISE, use.series, firstBucket);
  });
}

/**
 * What each series uses in each tick of a 5 s bucket; cells are `series * ticksPerBucket + tick`.
 *
 * @param buckets of the minute, as `bucketUsage` has them
 * @param minute of the hour
 * @param bucket of the minute
 */
export function tickUsage(
  world: World,
  plan: HourPlan,
  buckets: Usage,
  minute: number,
  bucket: number,
): Usage {
  const ticksPerBucket = world.turns.ticksPerMinute / BUCKETS_PER_MINUTE;
  const firstTick = bucket * ticksPerBucket;
  const minuteNumber = plan.hour * MINUTES_PER_HOUR + minute;
  const parts = { minute: minuteNumber, firstTick, ticksPerPart: 1 };
  const firstTickNumber = minuteNumber * world.turns.ticksPerMinute + firstTick;
  const wholeOf = (series: number) => series * BUCKETS_PER_MINUTE + bucket;
  return splitAll(world, buckets, wholeOf, ticksPerBucket, (portions, use) => {
    countTurns(world, plan, use, parts, portions.turns);
    portions.extraCalls.set(portions.turns);
    portions.tokensPerCall.fill(1);
    portions.latencyPerCall.fill(1);
    addNoise(world, portions, TICK_NOISE, use.series, firstTickNumber);
  });
}

/** Whole totals of the hour: calls first, the rest from them, and the cost from the tokens, priced here and never again. */
function totalUp(plan: HourPlan, use: ModelUse, usage: Usage): void {
  let turns = 0;
  let calls = 0;
  let tokens = 0;
  let latency = 0;
  const first = use.series * MINUTES_PER_HOUR;
  for (let place = first; place < first + MINUTES_PER_HOUR; place++) {
    const here = plan.calls[place] ?? 0;
    turns += plan.turns[place] ?? 0;
    calls += here;
    tokens += here * (plan.tokensPerCall[place] ?? 0);
    latency += here * (plan.latencyPerCall[place] ?? 0);
  }
  const input = Math.round(tokens * use.call.inputTokens);
  const output = Math.round(tokens * use.call.outputTokens);
  usage.calls[use.series] = turns + Math.round(calls - turns);
  usage.tokens[use.series] = input + output;
  usage.costMicroUsd[use.series] = costMicroUsd(use.call.model, input, output);
  usage.latencyMsSum[use.series] = Math.round(latency * use.call.latencyMs);
}

/** Splits one cell of each series, wherever something was used, into `parts` cells. */
function splitAll(
  { profiles, series }: World,
  whole: Usage,
  wholeOf: (series: number) => number,
  parts: number,
  fill: (portions: Portions, use: ModelUse) => void,
): Usage {
  const result = emptyUsage(series.size * parts);
  const portions = emptyPortions(parts);
  for (const { uses } of profiles)
    for (const use of uses) {
      const at = wholeOf(use.series);
      if (whole.calls[at] === 0) continue;
      fill(portions, use);
      splitUsage(whole, at, portions, result, use.series * parts);
    }
  return result;
}

function addNoise(
  { random }: World,
  portions: Portions,
  noise: Noise,
  series: number,
  firstPart: number,
): void {
  const { extraCalls, tokensPerCall, latencyPerCall } = portions;
  for (let i = 0; i < extraCalls.length; i++) {
    const part = firstPart + i;
    if (portions.turns[i] === 0) continue;
    extraCalls[i] =
      (extraCalls[i] ?? 0) * random.logNormal(noise.calls, noise.stream, series, part, 0);
    tokensPerCall[i] =
      (tokensPerCall[i] ?? 0) * random.logNormal(noise.tokens, noise.stream, series, part, 1);
    latencyPerCall[i] =
      (latencyPerCall[i] ?? 0) * random.logNormal(noise.latency, noise.stream, series, part, 2);
  }
}

/** The turns of a use in each of some parts of a minute of the plan's hour, into `counts`. */
function countTurns(
  { turns }: World,
  plan: HourPlan,
  use: ModelUse,
  parts: TickParts,
  counts: Float64Array,
): void {
  const minute = parts.minute - plan.hour * MINUTES_PER_HOUR;
  const planned = plan.turns[use.series * MINUTES_PER_HOUR + minute];
  // A model switch gives one model every turn of the minute; else they fall as they always do.
  if (planned === turns.ticksPerMinute) counts.fill(parts.ticksPerPart);
  else turns.count(use, parts, counts);
}
