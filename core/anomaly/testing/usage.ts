import type { Chunk } from '../../rollup/chunk.ts';
import { BucketTable } from '../../rollup/bucket-table.ts';
import { SeriesDictionary, type SeriesKey } from '../../rollup/series.ts';
import { BIN_MS } from '../watch.ts';

/** What one series does in one minute, relative to what it usually does. */
export interface Doing {
  readonly calls?: number;
  readonly tokensPerCall?: number;
  readonly price?: number;
  readonly latency?: number;
}

/** Who does otherwise than usual, from one minute to another (numbers of minutes from the start). */
export interface Change extends Doing, Partial<SeriesKey> {
  readonly from: number;
  readonly to: number;
}

/** Three customers of two tenants, two of whom use both models. */
const KEYS: readonly (SeriesKey & { calls: number; price: number })[] = [
  { tenantId: 'north', customerId: 'acme', model: 'big', calls: 60, price: 10 },
  { tenantId: 'north', customerId: 'acme', model: 'small', calls: 40, price: 1 },
  { tenantId: 'north', customerId: 'birch', model: 'big', calls: 80, price: 10 },
  { tenantId: 'south', customerId: 'cedar', model: 'big', calls: 50, price: 10 },
  { tenantId: 'south', customerId: 'cedar', model: 'small', calls: 90, price: 1 },
];
const TOKENS_PER_CALL = 1_000;
const LATENCY_MS = 500;
/** Monday, 16 November 2026, 00:00 UTC. */
export const START_MS = Date.UTC(2026, 10, 16);

/** Usage with 10 % of noise, and what was changed in it: the same on every run. */
export class MadeUsage {
  readonly series = new SeriesDictionary(KEYS);
  readonly #changes: readonly Change[];

  constructor(changes: readonly Change[] = []) {
    this.#changes = changes;
  }

  /** The minutes `[from, to)`, counted from the start. */
  minutes(from: number, to: number): Chunk {
    return this.#chunk(from, to, 1);
  }

  /** One of the twelve 5 s buckets of a minute. */
  bucket(minute: number, bucket: number): Chunk {
    const at = minute + bucket / 12;
    return this.#chunk(at, at + 1 / 12, 1 / 12);
  }

  #chunk(from: number, to: number, step: number): Chunk {
    const fromMs = START_MS + Math.round(from * 12) * (BIN_MS / 12);
    const count = Math.round((to - from) / step);
    const table = new BucketTable(BIN_MS * step);
    for (let i = 0; i < count; i++)
      for (const [id, key] of KEYS.entries()) {
        const minute = Math.floor(from + i * step + 1e-9);
        const doing = this.#doing(key, minute);
        const calls = Math.round(key.calls * step * 12 * noise(minute, id) * doing.calls);
        if (calls === 0) continue;
        const tokens = Math.round(calls * TOKENS_PER_CALL * doing.tokensPerCall);
        table.add(fromMs + i * step * BIN_MS, id, {
          calls,
          tokens,
          costMicroUsd: Math.round(tokens * key.price * doing.price),
          latencyMsSum: Math.round(calls * LATENCY_MS * noise(minute, id + 9) * doing.latency),
        });
      }
    return { fromMs, toMs: fromMs + count * step * BIN_MS, rows: table.toRows() };
  }

  #doing(key: SeriesKey, minute: number): Required<Doing> {
    const all = { calls: 1, tokensPerCall: 1, price: 1, latency: 1 };
    for (const change of this.#changes) {
      const isHit =
        minute >= change.from &&
        minute < change.to &&
        (change.tenantId ?? key.tenantId) === key.tenantId &&
        (change.customerId ?? key.customerId) === key.customerId &&
        (change.model ?? key.model) === key.model;
      if (!isHit) continue;
      all.calls *= change.calls ?? 1;
      all.tokensPerCall *= change.tokensPerCall ?? 1;
      all.price *= change.price ?? 1;
      all.latency *= change.latency ?? 1;
    }
    return all;
  }
}

/** 0.95 to 1.05, by a hash of its place. */
function noise(minute: number, id: number): number {
  let bits = Math.imul(minute + 1, 0x9e3779b9) ^ Math.imul(id + 1, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return 0.95 + 0.1 * (((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32);
}
