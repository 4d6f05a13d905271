import { NO_FILTER } from '#core/view/filter.ts';
import type { Known } from '#core/time/known.ts';
import { REAL_TIME } from '#core/view/window.ts';
import type { CustomerUsage, Figure, Frame } from '#core/view/frame.ts';

/** 14:03:25 on the clock of whoever reads it, wherever the test runs. */
export const AS_OF_MS = new Date(2026, 2, 3, 14, 3, 25).getTime();

const BUCKETS = 60;
const BUCKET_MS = 5_000;

/** A day that came as it happened. */
const DAY = [{ fromMs: AS_OF_MS - 86_400_000, toMs: AS_OF_MS }];
const KNOWN: Known = { coverage: { '5s': DAY, '1m': DAY, '1h': DAY }, live: DAY, outages: [] };

/** A frame of a busy, fully known window; every bucket has 1,000 tokens. */
export function aFrame(parts: Partial<Frame> = {}): Frame {
  return {
    number: 1,
    epoch: 'test',
    filter: NO_FILTER,
    range: REAL_TIME,
    playheadMs: AS_OF_MS + 1_500,
    asOfMs: AS_OF_MS,
    windowMs: BUCKETS * BUCKET_MS,
    coveredMs: BUCKETS * BUCKET_MS,
    spendRate: { windowMs: 60_000, coveredMs: 60_000, usdPerHour: 102_345.6 },
    tokenSeries: aTokenSeries(Array.from({ length: BUCKETS }, () => 1_000)),
    expected: null,
    keyFigures: {
      spendUsd: aFigure(8_500),
      tokensPerSecond: aFigure(200),
      callsPerSecond: aFigure(12),
      meanLatencyMs: aFigure(640),
      activeCustomers: aFigure(87),
    },
    costByModel: [
      { model: 'gpt-4o', costUsd: 5_000, tokens: 40_000 },
      { model: 'claude-sonnet-4', costUsd: 3_500, tokens: 20_000 },
    ],
    customers: [aCustomer(), aCustomer({ customerId: 'bolt', tenantId: 'south', costUsd: 2_000 })],
    known: KNOWN,
    days: null,
    choices: {
      tenants: ['north', 'south'],
      customers: ['acme', 'bolt'],
      models: ['claude-sonnet-4', 'gpt-4o'],
    },
    ...parts,
  };
}

/** Buckets of 5 s that end at `AS_OF_MS`. */
export function aTokenSeries(tokens: readonly (number | null)[]): Frame['tokenSeries'] {
  return {
    fromMs: AS_OF_MS - tokens.length * BUCKET_MS,
    resolutionMs: BUCKET_MS,
    tokens,
    before: [],
    extremes: null,
    byModel: [],
  };
}

/** A figure that was a tenth smaller in the window before. */
export function aFigure(value: number | null): Figure {
  const trend = Array.from({ length: BUCKETS }, () => value);
  return { value, before: value === null ? null : value * 0.9, trend };
}

export function aCustomer(parts: Partial<CustomerUsage> = {}): CustomerUsage {
  return {
    tenantId: 'north',
    customerId: 'acme',
    costUsd: 6_500,
    tokens: 45_000,
    calls: 2_900,
    meanLatencyMs: 640,
    trend: Array.from({ length: 20 }, () => 325),
    ...parts,
  };
}
