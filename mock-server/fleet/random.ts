/** What random numbers are drawn for: draws of different streams have nothing to do with each other. */
export const STREAM = {
  size: 1,
  models: 2,
  shares: 3,
  tokensPerCall: 4,
  habit: 5,
  dayOff: 6,
  turns: 7,
  load: 8,
  tokens: 9,
  latency: 10,
  weather: 11,
  minute: 12,
  bucket: 13,
  tick: 14,
  incident: 15,
  message: 16,
} as const;

export type Stream = (typeof STREAM)[keyof typeof STREAM];

const TWO_32 = 2 ** 32;
const GOLDEN = 0x9e3779b9;

/**
 * Random numbers without state: every draw is a function of the seed, a stream and up to three counters, so the draws
 * for any instant can be made directly and come out the same each time. Counters are taken modulo 2^32.
 */
export class CounterRandom {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = mixed(seed + GOLDEN);
  }

  /** 32 random bits, as an integer in [0, 2^32). */
  bits(stream: Stream, a: number, b = 0, c = 0): number {
    // Mixing between the counters keeps (1, 2) and (2, 1) apart.
    let state = mixed(this.#seed + Math.imul(stream, GOLDEN));
    state = mixed(state ^ a);
    state = mixed(state + Math.imul(b, GOLDEN));
    return mixed(state ^ Math.imul(c, GOLDEN)) >>> 0;
  }

  /** Uniform in (0, 1). */
  uniform(stream: Stream, a: number, b = 0, c = 0): number {
    return (this.bits(stream, a, b, c) + 0.5) / TWO_32;
  }

  /** Standard normal, by the Box-Muller transform. */
  normal(stream: Stream, a: number, b = 0, c = 0): number {
    const bits = this.bits(stream, a, b, c);
    const radius = Math.sqrt(-2 * Math.log((bits + 0.5) / TWO_32));
    const turn = (mixed(bits + GOLDEN) >>> 0) / TWO_32;
    return radius * Math.cos(2 * Math.PI * turn);
  }

  /** Log-normal with mean 1; `sigma` is the standard deviation of its logarithm. */
  logNormal(sigma: number, stream: Stream, a: number, b = 0, c = 0): number {
    return Math.exp(sigma * this.normal(stream, a, b, c) - (sigma * sigma) / 2);
  }
}

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): every bit in moves about half the bits out. */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
