import { PRICED_MODELS, PRICES, type PricedModel } from '#core/billing/prices.ts';
import { SeriesDictionary } from '#core/rollup/series.ts';
import { type Customer, customersOf } from '../directory.ts';
import { MODEL_TRAITS } from './models.ts';
import { type CounterRandom, STREAM } from './random.ts';

/** An average call of a customer to one of its models. */
interface TypicalCall {
  readonly model: PricedModel;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly latencyMs: number;
  /** At list price, unrounded. */
  readonly microUsd: number;
}

/** One of the models that a customer uses: a series. */
export interface ModelUse {
  /** Id in the fleet's dictionary. */
  readonly series: number;
  /** Place of the customer in the fleet, and of this among its uses. */
  readonly customer: number;
  readonly slot: number;
  /** Part of the customer's ticks and calls, at least `MIN_SHARE`; those of a customer add up to 1. */
  readonly share: number;
  /** At full load. */
  readonly callsPerHour: number;
  readonly call: TypicalCall;
}

/** When a customer has nothing to do, by the clock of its tenant. */
type Habit = 'never-sleeps' | 'sleeps-at-night' | 'sleeps-at-night-and-weekends';

/** All that does not change about a customer. */
export interface Profile extends Customer {
  /** Place in the fleet. */
  readonly index: number;
  /** Local time of the tenant - UTC. */
  readonly utcOffsetMinutes: number;
  readonly habit: Habit;
  /** How much later than others it gets up and goes to sleep, so that a tenant does not do so as one. */
  readonly delayMinutes: number;
  /** 1 to 3, most used first. */
  readonly uses: readonly ModelUse[];
}

/** A model that owns less might own no tick of a minute. */
export const MIN_SHARE = 0.15;

const MICRO_USD_PER_USD = 1e6;
const TOKENS_PER_PRICE = 1e6;
/** Of an average customer at full load; set so that 100 customers spend about 100,000 an hour at midday UTC. */
const USD_PER_HOUR = 1_400;
/** Size falls with rank to this power: of 100 customers the first spends about a tenth. */
const TAIL_POWER = 0.7;
/** Mostly Europe and the Americas, so that the sum peaks in the afternoon of UTC and never falls silent. */
const TENANT_UTC_OFFSET_HOURS = [1, -5, 0, 2, -3, 5.5, -8] as const;
/** Times the average spend. */
const LARGE = 2.5;
const SLEEPS_AT_NIGHT = 0.14;
const SLEEPS_AT_WEEKENDS_TOO = 0.06;
const MAX_DELAY_MINUTES = 180;
const MEAN_INPUT_TOKENS = 2_400;
const MEAN_OUTPUT_TOKENS = 450;

/**
 * The customers of a fleet, and the dictionary of their series: ids in order of customers.
 *
 * @param customers at least 1
 * @param tenants at least 1
 */
export function profilesOf(
  random: CounterRandom,
  customers: number,
  tenants: number,
): { readonly profiles: readonly Profile[]; readonly series: SeriesDictionary } {
  const series = new SeriesDictionary();
  const spend = spendOf(random, customers);
  const profiles = customersOf(customers, tenants).map((customer, index): Profile => {
    const offsetHours = TENANT_UTC_OFFSET_HOURS[(index % tenants) % TENANT_UTC_OFFSET_HOURS.length];
    const usdPerHour = spend[index] ?? 0;
    return {
      tenantId: customer.tenantId,
      customerId: customer.customerId,
      index,
      utcOffsetMinutes: (offsetHours ?? 0) * 60,
      habit: habitOf(random, index, usdPerHour),
      delayMinutes: Math.floor(random.uniform(STREAM.habit, index, 1) * MAX_DELAY_MINUTES),
      uses: usesOf(random, customer, index, usdPerHour, series),
    };
  });
  return { profiles, series };
}

/** US dollars an hour at full load for each customer: a heavy tail, dealt in an order that the seed chooses. */
function spendOf(random: CounterRandom, customers: number): readonly number[] {
  const order = Array.from({ length: customers }, (_, index) => index).sort(
    (a, b) => random.bits(STREAM.size, a) - random.bits(STREAM.size, b),
  );
  const sizes = Array<number>(customers).fill(0);
  for (const [rank, index] of order.entries()) sizes[index] = (rank + 1) ** -TAIL_POWER;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => (size / total) * customers * USD_PER_HOUR);
}

function habitOf(random: CounterRandom, index: number, usdPerHour: number): Habit {
  // A large customer has something running at any hour.
  if (usdPerHour > LARGE * USD_PER_HOUR) return 'never-sleeps';
  const draw = random.uniform(STREAM.habit, index);
  if (draw < SLEEPS_AT_WEEKENDS_TOO) return 'sleeps-at-night-and-weekends';
  return draw < SLEEPS_AT_WEEKENDS_TOO + SLEEPS_AT_NIGHT ? 'sleeps-at-night' : 'never-sleeps';
}

function usesOf(
  random: CounterRandom,
  customer: Customer,
  index: number,
  usdPerHour: number,
  series: SeriesDictionary,
): readonly ModelUse[] {
  const models = modelsOf(random, index);
  const shares = sharesOf(random, index, models.length);
  const calls = models.map((model, slot) => callOf(random, index, slot, model));
  const meanMicroUsd = calls.reduce(
    (sum, call, slot) => sum + call.microUsd * (shares[slot] ?? 0),
    0,
  );
  const callsPerHour = (usdPerHour * MICRO_USD_PER_USD) / meanMicroUsd;
  return calls.map((call, slot): ModelUse => {
    const share = shares[slot] ?? 0;
    const id = series.idOf({ ...customer, model: call.model });
    return { series: id, customer: index, slot, share, callsPerHour: callsPerHour * share, call };
  });
}

/** One to three models, drawn by popularity. */
function modelsOf(random: CounterRandom, index: number): readonly PricedModel[] {
  const count = 1 + Math.floor(random.uniform(STREAM.models, index) * 3);
  // Efraimidis and Spirakis 2006: the largest u^(1/weight) are a weighted sample without replacement.
  const keyed = PRICED_MODELS.map((model, place) => ({
    model,
    key: random.uniform(STREAM.models, index, place + 1) ** (1 / MODEL_TRAITS[model].popularity),
  }));
  return keyed
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map((one) => one.model);
}

/** Parts of 1, largest first, none below `MIN_SHARE`. */
function sharesOf(random: CounterRandom, index: number, count: number): readonly number[] {
  const weights = Array.from({ length: count }, (_, slot) =>
    random.uniform(STREAM.shares, index, slot),
  ).sort((a, b) => b - a);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => MIN_SHARE + (1 - count * MIN_SHARE) * (weight / sum));
}

function callOf(
  random: CounterRandom,
  index: number,
  slot: number,
  model: PricedModel,
): TypicalCall {
  const { inputMicroUsdPerMillion, outputMicroUsdPerMillion } = PRICES[model];
  const { firstTokenMs, tokenMs } = MODEL_TRAITS[model];
  const ofCustomer = (counter: number, sigma: number) =>
    random.logNormal(sigma, STREAM.tokensPerCall, index, counter);
  const ofUse = (counter: number) =>
    random.logNormal(0.2, STREAM.tokensPerCall, index, counter, slot + 1);
  const inputTokens = MEAN_INPUT_TOKENS * ofCustomer(0, 0.6) * ofUse(0);
  const outputTokens = MEAN_OUTPUT_TOKENS * ofCustomer(1, 0.5) * ofUse(1);
  const priced = inputTokens * inputMicroUsdPerMillion + outputTokens * outputMicroUsdPerMillion;
  return {
    model,
    inputTokens,
    outputTokens,
    latencyMs: firstTokenMs + tokenMs * outputTokens,
    microUsd: priced / TOKENS_PER_PRICE,
  };
}
