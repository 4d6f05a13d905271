import { PRICED_MODELS, type PricedModel } from '#core/billing/prices.ts';
import { type Customer, customersOf } from '../directory.ts';
import { CounterRandom, STREAM } from '../fleet/random.ts';

const CUSTOMERS = 40;
const TENANTS = 5;
const MAX_MODELS = 3;

/** Fixed, so that a trace is dealt in the same way everywhere. */
const random = new CounterRandom(2023);

/** Whom a request is dealt to, and the model that it is taken to have called. */
export interface Deal {
  readonly customer: Customer;
  readonly model: PricedModel;
}

interface Hand {
  readonly customer: Customer;
  readonly models: readonly PricedModel[];
}

const HANDS: readonly Hand[] = customersOf(CUSTOMERS, TENANTS).map((customer, index) => ({
  customer,
  models: modelsOf(index),
}));

/**
 * Recorded traces name neither customer nor model: both are dealt by the row's place in the trace, heavy-tailed. A
 * customer belongs to one tenant and keeps to 1 to 3 models.
 */
export function dealRow(row: number): Deal {
  const hand = pickHeavyTailed(HANDS, random.uniform(STREAM.turns, row));
  const model = pickHeavyTailed(hand.models, random.uniform(STREAM.shares, row));
  return { customer: hand.customer, model };
}

function modelsOf(customer: number): readonly PricedModel[] {
  const count = 1 + Math.floor(random.uniform(STREAM.size, customer) * MAX_MODELS);
  return PRICED_MODELS.map((model, i) => ({ model, draw: random.bits(STREAM.models, customer, i) }))
    .sort((a, b) => a.draw - b.draw)
    .slice(0, count)
    .map(({ model }) => model);
}

/** The n-th of the choices is n times rarer than the first (Zipf's law). */
function pickHeavyTailed<Choice>(choices: readonly Choice[], uniform: number): Choice {
  const total = choices.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
  let rest = uniform * total;
  for (const [i, choice] of choices.entries()) {
    rest -= 1 / (i + 1);
    if (rest <= 0) return choice;
  }
  return choices.at(-1) as Choice; // reached only by rounding; there is always a choice
}
