import type { ModelUse, Profile } from './profiles.ts';
import { type CounterRandom, STREAM } from './random.ts';

const MINUTE_MS = 60_000;
const TWO_32 = 2 ** 32;
/** The golden ratio's fractional part, as a fraction of 2^32: its multiples spread as evenly as any. */
const GOLDEN_STEP = 0x9e3779b9;

/** Consecutive parts of a minute, each some ticks long. */
export interface TickParts {
  /** Minutes since the epoch. */
  readonly minute: number;
  /** Of the minute; the first part starts here. */
  readonly firstTick: number;
  readonly ticksPerPart: number;
}

/**
 * Whose turn it is: each tick of a customer belongs to one of its models, by their shares. The order of turns is the
 * same in every minute but starts elsewhere, so each model has the same number of turns in every minute.
 */
export class Turns {
  readonly ticksPerMinute: number;
  readonly #random: CounterRandom;
  /** For each customer, the place among its uses of the one whose turn it is. */
  readonly #orders: readonly Uint8Array[];
  readonly #counts: readonly (readonly number[])[];

  /** @param tickMs length of a tick; divides a minute */
  constructor(random: CounterRandom, profiles: readonly Profile[], tickMs: number) {
    this.ticksPerMinute = MINUTE_MS / tickMs;
    this.#random = random;
    this.#orders = profiles.map((profile) => orderOf(random, profile, this.ticksPerMinute));
    this.#counts = this.#orders.map((order, index) =>
      (profiles[index]?.uses ?? []).map(
        (_, slot) => order.filter((owner) => owner === slot).length,
      ),
    );
  }

  /** How many turns a use has in each minute in which nothing special happens. */
  inMinute({ customer, slot }: ModelUse): number {
    return this.#counts[customer]?.[slot] ?? 0;
  }

  /** Counts a use's turns in each of some parts of a minute, into `counts`: one place a part. */
  count({ customer, slot }: ModelUse, parts: TickParts, counts: Float64Array): void {
    const order = this.#orders[customer];
    const start = this.#random.bits(STREAM.turns, customer, parts.minute) % this.ticksPerMinute;
    let tick = start + parts.firstTick;
    for (let part = 0; part < counts.length; part++) {
      let count = 0;
      for (let i = 0; i < parts.ticksPerPart; i++, tick++)
        if (order?.[tick % this.ticksPerMinute] === slot) count++;
      counts[part] = count;
    }
  }
}

function orderOf(random: CounterRandom, profile: Profile, ticks: number): Uint8Array {
  const offset = random.bits(STREAM.turns, profile.index);
  return Uint8Array.from({ length: ticks }, (_, tick) => {
    const place = ((offset + Math.imul(tick, GOLDEN_STEP)) >>> 0) / TWO_32;
    return slotAt(profile, place);
  });
}

/** The use that holds `place` when the shares are laid end to end over [0, 1). */
function slotAt(profile: Profile, place: number): number {
  let end = 0;
  const slot = profile.uses.findIndex((use) => place < (end += use.share));
  // Rounding may leave the shares' sum a hair below 1.
  return slot === -1 ? profile.uses.length - 1 : slot;
}
