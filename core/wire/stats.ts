import { z } from 'zod';
import { countSchema, epochMsSchema, idSchema } from './fields.ts';
import { type Parsed, parseWith } from './parsed.ts';

/** Spans that `GET /api/stats?window=` takes, in ms. */
export const STATS_WINDOW_MS = {
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
  '30d': 2_592_000_000,
} as const;

export type StatsWindow = keyof typeof STATS_WINDOW_MS;

export const statsWindowSchema = z.enum(['5m', '15m', '1h', '24h', '7d', '30d']);

const usd = z.number().nonnegative();

export const statsReplySchema = z.object({
  epoch: z.string().min(1),
  window: statsWindowSchema,
  /** The span summed up, half-open, epoch ms; `to` is the end of the last closed bucket. */
  from: epochMsSchema,
  to: epochMsSchema,
  totalCost: usd,
  /** US dollars an hour, over the span. */
  totalCostPerHour: usd,
  totalCalls: countSchema,
  totalTokens: countSchema,
  avgLatencyMs: z.number().nonnegative(),
  activeCustomers: countSchema,
  /** By cost, highest first; at most 10. */
  topCustomers: z.array(
    z.object({
      customerId: idSchema,
      tenantId: idSchema,
      totalCost: usd,
      totalTokens: countSchema,
    }),
  ),
  /** By cost, highest first. */
  costByModel: z.array(z.object({ model: idSchema, totalCost: usd, totalTokens: countSchema })),
});

/** Body of `GET /api/stats`. */
export type StatsReply = z.infer<typeof statsReplySchema>;

export function parseStatsReply(body: unknown): Parsed<StatsReply> {
  return parseWith(statsReplySchema, body);
}
